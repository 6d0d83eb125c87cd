export { type ParsedFault, parseFault, parseRateLimit } from './cli/parse-fault.ts';
export type { Actor, ConformanceCase, Evidence, Expectation, Setting, Step } from './conformance/case.ts';
export { conformanceCases } from './conformance/cases.ts';
export { formatReport } from './conformance/report.ts';
export { runConformance } from './conformance/run.ts';
export type { CaseResult, ConformanceReport, ConformanceTarget, Outcome } from './conformance/target.ts';
export type { ArmedFault, FaultControl } from './faults/control.ts';
export type { Effect, Fault, FaultPlan, FaultTarget, Moment, RateLimit, RouteKind } from './faults/fault.ts';
export type { LogEntry } from './http/request-log.ts';
export { defaultFeatures, type Features, type RegistryOptions } from './options.ts';
export { localRealm } from './realm/local-realm.ts';
export type {
  AccessToken,
  ApiScope,
  DeployScope,
  DeployToken,
  Group,
  JobPipeline,
  JobToken,
  Membership,
  PersonalToken,
  Project,
  ProtectionRule,
  Realm,
  Role,
  Token,
  User,
  Visibility,
} from './realm/realm.ts';
export { type RunningRegistry, startRegistry } from './start-registry.ts';
