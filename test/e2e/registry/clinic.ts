import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * A package whose build backend lies beside it (PEP 517, `backend-path`) and needs nothing installed. `extra` is Python that
 * the backend runs before it builds.
 */
export function clinicPackage(
  name: string,
  dependencies: readonly string[] = [],
  extra = '',
): Readonly<Record<string, string>> {
  const module = name.replaceAll('-', '_');
  return {
    [`packages/${name}/pyproject.toml`]: [
      '[project]',
      `name = "${name}"`,
      'version = "1.0.0"',
      'requires-python = ">=3.9"',
      `dependencies = ${JSON.stringify(dependencies)}`,
      '',
      '[build-system]',
      'requires = []',
      'build-backend = "backend"',
      'backend-path = ["."]',
      '',
    ].join('\n'),
    [`packages/${name}/${module}.py`]: `room = "${name}"\n`,
    [`packages/${name}/backend.py`]: `${extra}\n${backend}`,
  };
}

/** Builds from pyproject.toml alone, with Python's own library. */
const backend = `
import io, os, re, tarfile, zipfile

def _field(name):
    found = re.search(r'(?m)^%s = (.*)$' % name, open('pyproject.toml').read())
    return found.group(1) if found else ''

def _about():
    name = _field('name').strip('"')
    version = _field('version').strip('"')
    needs = re.findall(r'"([^"]+)"', _field('dependencies'))
    lines = ['Metadata-Version: 2.1', 'Name: ' + name, 'Version: ' + version, 'Requires-Python: >=3.9']
    lines += ['Requires-Dist: ' + need for need in needs]
    return name.replace('-', '_'), version, '\\n'.join(lines) + '\\n'

def get_requires_for_build_sdist(config_settings=None):
    return []

def get_requires_for_build_wheel(config_settings=None):
    return []

def build_sdist(sdist_directory, config_settings=None):
    name, version, metadata = _about()
    stem = '%s-%s' % (name, version)
    path = os.path.join(sdist_directory, stem + '.tar.gz')
    with tarfile.open(path, 'w:gz') as archive:
        for file in sorted(os.listdir('.')):
            if os.path.isfile(file) and file != 'PKG-INFO':
                archive.add(file, stem + '/' + file)
        entry = tarfile.TarInfo(stem + '/PKG-INFO')
        content = metadata.encode()
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return os.path.basename(path)

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    name, version, metadata = _about()
    stem = '%s-%s' % (name, version)
    path = os.path.join(wheel_directory, stem + '-py3-none-any.whl')
    info = stem + '.dist-info/'
    files = {name + '.py': open(name + '.py').read(), info + 'METADATA': metadata,
             info + 'WHEEL': 'Wheel-Version: 1.0\\nGenerator: clinic\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'}
    files[info + 'RECORD'] = ''.join('%s,,\\n' % file for file in list(files) + [info + 'RECORD'])
    with zipfile.ZipFile(path, 'w') as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(file, (2020, 2, 2, 0, 0, 0)), content)
    return os.path.basename(path)
`;

export interface Listening {
  readonly url: string;
  /** Request line, headers and body of everything that came in. */
  readonly heard: readonly string[];
}

/** A server on this machine that remembers every byte that it was sent; closed after the test. */
export async function listen(answer: RequestListener): Promise<Listening> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push(`${requestText(request)}\n${Buffer.concat(chunks).toString('latin1')}`);
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

function requestText({ method, url, rawHeaders }: IncomingMessage): string {
  return [`${method ?? ''} ${url ?? ''}`, ...rawHeaders].join('\n');
}
