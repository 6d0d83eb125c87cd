import { describe, expect, it } from 'vitest';
import { netrcOf } from '../../src/afterwards/install-check/indexes.ts';
import { resolveCommand } from '../../src/afterwards/install-check/resolver.ts';

const GROUP = 'https://gitlab.example.com/api/v4/groups/opera/-/packages/pypi/simple/';
const where = { indexes: [GROUP], python: 'python3.12' };

describe('H2: what resolves', () => {
  it('finds logins by host in a netrc file, the first of a host', () => {
    const login = { username: '__token__', password: 'secret' };
    const indexes = [
      { url: GROUP, login },
      { url: `${GROUP}other/`, login: { username: 'late', password: 'comer' } },
      { url: 'https://open.example.com/simple/', login: null },
      { url: 'file:///srv/packages/', login: null },
      { url: 'http://127.0.0.1:4873/simple/', login },
    ];
    expect(netrcOf(indexes)).toBe(
      'machine gitlab.example.com login __token__ password secret\nmachine 127.0.0.1 login __token__ password secret\n',
    );
  });

  it('builds nothing, and installs nothing', () => {
    const version = { name: 'opera-cast', version: '1.0.1' };
    const uv = resolveCommand('uv', version, where);
    expect([uv.file, ...uv.args].join(' ')).toBe(
      `uv pip compile --quiet --refresh --no-build --no-header --no-annotate --python python3.12 --index ${GROUP} -`,
    );
    expect(uv.input).toBe('opera-cast==1.0.1\n');
    const pip = resolveCommand('pip', version, where);
    expect([pip.file, ...pip.args].join(' ')).toBe(
      `python3.12 -m pip install --dry-run --ignore-installed --only-binary :all: --no-input --quiet --extra-index-url ${GROUP} opera-cast==1.0.1`,
    );
  });
});
