import type { ReadText } from '../model.ts';
import { fileIn } from '../pyproject/paths.ts';
import { findAssignment } from '../python-source/find-assignment.ts';
import { readModuleName } from '../python-source/run.ts';
import type { FoundVersion } from '../version-sources/found-version.ts';
import { atSpan, unreadable } from '../version-sources/found-version.ts';
import { findOption, optionItems, optionText } from './configuration.ts';
import type { ConfigurationOption, ConfigurationSection } from './configuration.ts';

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly sections: readonly ConfigurationSection[];
  readonly readText: ReadText;
}

/** `[metadata] version`: a literal, `attr:` or `file:` (setuptools, "Configuring setup() using setup.cfg files"). */
export function readConfiguredVersion(option: ConfigurationOption, source: Source): FoundVersion {
  const text = optionText(option) ?? '';
  const [line, ...more] = option.value;
  if (line === undefined || more.length > 0)
    return unreadable(`[metadata] version in ${source.file} is no single line`);
  if (text.startsWith('attr:')) return fromAttribute(text.slice('attr:'.length).trim(), source);
  if (text.startsWith('file:')) return fromFile(text.slice('file:'.length).trim(), source);
  const spot = { kind: 'cfg', file: source.file, section: 'metadata', option: option.name, line: line.line } as const;
  return { version: { kind: 'static', text, spots: [spot] }, files: [] };
}

function fromFile(path: string, { file, folder, readText }: Source): FoundVersion {
  if (path.includes(',')) return unreadable(`${file} puts the version together from several files`);
  const named = fileIn(folder, path);
  const content = readText(named);
  if (content === undefined) return unreadable(`${file} takes the version from ${named}, which is no text file here`);
  const text = content.replace(/^\uFEFF/, '').trim();
  const start = content.indexOf(text);
  if (text === '') return unreadable(`${file} takes the version from ${named}, which is empty`, [named]);
  return atSpan('setuptools file', named, { text, start, end: start + text.length });
}

function fromAttribute(attribute: string, source: Source): FoundVersion {
  const parts = attribute.split('.');
  const name = parts.pop() ?? '';
  const path = parts.join('/');
  const module = path === '' ? ['__init__.py'] : [`${path}/__init__.py`, `${path}.py`];
  for (const parent of parentsOf(path, source)) {
    for (const file of module.map((end) => fileIn(source.folder, `${parent}/${end}`))) {
      const content = source.readText(file);
      if (content !== undefined) return fromModule({ file, content, name }, source);
    }
  }
  return unreadable(`${source.file} takes the version from ${attribute}, and no such module is in the package`);
}

function fromModule(module: { file: string; content: string; name: string }, source: Source): FoundVersion {
  const { file, content, name } = module;
  const found = findAssignment(content, name);
  if (found.kind === 'literal') {
    return atSpan('setuptools attr', file, { text: found.value, start: found.start, end: found.end });
  }
  const value = readModuleName(file, name, source.folder, source.readText);
  if (value?.kind === 'string' && value.origin !== null) {
    const { file: origin, start, end } = value.origin;
    const version = atSpan('setuptools attr', origin, { text: value.text, start, end });
    return { ...version, files: [...new Set([file, origin])] };
  }
  if (value?.kind === 'computed') {
    return unreadable(`${name} in ${file} is computed: line ${String(value.line)} of ${value.file} ${value.reason}`, [
      file,
    ]);
  }
  const why = found.kind === 'computed' ? found.reason : 'assigned nowhere in it';
  return unreadable(`${name} in ${file} is ${why}`, [file]);
}

/** The folders that may hold the module: `package_dir`, `packages.find: where`, then the flat and the src layout. */
function parentsOf(path: string, { sections }: Source): readonly string[] {
  const directories = new Map(
    optionItems(findOption(sections, 'options', 'package_dir'), ',').map(({ text }) => {
      const at = text.indexOf('=');
      return [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()] as const;
    }),
  );
  const top = path.split('/')[0] ?? '';
  const mapped = top === '' ? undefined : directories.get(top);
  const root = directories.get('');
  const where = optionText(findOption(sections, 'options.packages.find', 'where'));
  const renamed = mapped?.split('/').at(-1) === top ? mapped.split('/').slice(0, -1).join('/') : undefined;
  const candidates = [renamed, root, where, '.', 'src'];
  return candidates.flatMap((parent) =>
    parent === undefined || parent === null ? [] : [parent === '' ? '.' : parent],
  );
}
