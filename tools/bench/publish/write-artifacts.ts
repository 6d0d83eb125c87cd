import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * A wheel and an sdist as a build leaves them, of what lies in `src`: only uploads are measured, and building takes a second each.
 * Source: PyPA specifications, "Binary distribution format" and "Source distribution format".
 */
const script = `
import base64, hashlib, io, json, os, sys, tarfile, zipfile
root, packages = sys.argv[1], json.load(sys.stdin)
for name, version in packages:
    folder = os.path.join(root, "packages", name)
    dist, stem = os.path.join(folder, "dist"), name.replace("-", "_") + "-" + version
    os.makedirs(dist, exist_ok=True)
    metadata = f"Metadata-Version: 2.3\\nName: {name}\\nVersion: {version}\\nSummary: One of many\\nRequires-Python: >=3.9\\n".encode()
    files = {}
    for place, _, names in os.walk(os.path.join(folder, "src")):
        for file in names:
            path = os.path.join(place, file)
            files[os.path.relpath(path, folder)] = open(path, "rb").read()
    with tarfile.open(os.path.join(dist, stem + ".tar.gz"), "w:gz") as sdist:
        project = {"pyproject.toml": open(os.path.join(folder, "pyproject.toml"), "rb").read(), "PKG-INFO": metadata}
        for path, content in {**project, **files}.items():
            member = tarfile.TarInfo(stem + "/" + path)
            member.size = len(content)
            sdist.addfile(member, io.BytesIO(content))
    info = stem + ".dist-info/"
    wheel = {path[4:]: content for path, content in files.items()}
    wheel[info + "METADATA"] = metadata
    wheel[info + "WHEEL"] = b"Wheel-Version: 1.0\\nGenerator: bench\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    record = ""
    for path, content in wheel.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(content)}\\n"
    wheel[info + "RECORD"] = (record + info + "RECORD,,\\n").encode()
    with zipfile.ZipFile(os.path.join(dist, stem + "-py3-none-any.whl"), "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in wheel.items():
            archive.writestr(path, content)
`;

/** Writes `packages/<name>/dist` of every package of the workspace. */
export function writeArtifacts(
  root: string,
  packages: readonly { readonly name: string; readonly version?: string }[],
): void {
  const input = JSON.stringify(packages.map(({ name, version = '1.0.0' }) => [name, version]));
  execFileSync('python3', ['-c', script, join(root)], { input, stdio: ['pipe', 'ignore', 'inherit'] });
}
