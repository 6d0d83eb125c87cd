import { isAtLeast } from '../realm/lookup.ts';
import type { ProtectionRule } from '../realm/realm.ts';
import type { Access } from './access.ts';

/** True where a rule keeps this caller from uploading a package of that raw name. Deploy tokens have no role and never pass. */
export function isPushProtected(rules: readonly ProtectionRule[], name: string, access: Access): boolean {
  return rules.some((rule) => covers(rule, name) && !passes(rule.minimumPush, access));
}

/** As `isPushProtected`, for the deletion of a package or one of its files. */
export function isDeletionProtected(rules: readonly ProtectionRule[], name: string, access: Access): boolean {
  return rules.some((rule) => covers(rule, name) && !passes(rule.minimumDelete, access));
}

function passes(least: 'maintainer' | 'owner' | 'admin' | null, access: Access): boolean {
  if (least === null || access.admin) return true;
  return least !== 'admin' && isAtLeast(access.role, least);
}

function covers(rule: ProtectionRule, name: string): boolean {
  const pattern = rule.namePattern
    .split('*')
    .map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${pattern}$`, 'is').test(name);
}
