import { expect, it } from 'vitest';
import { repositoryName } from '../../src/git/repository-name.ts';

it.each([
  ['https://gitlab.example/orchestra/strings.git', 'gitlab.example/orchestra/strings'],
  ['https://gitlab-ci-token:glcbt-64_x@GitLab.Example/orchestra/strings.git', 'gitlab.example/orchestra/strings'],
  ['https://gitlab.example:8443/orchestra/deep/strings/', 'gitlab.example/orchestra/deep/strings'],
  ['git@gitlab.example:orchestra/strings.git', 'gitlab.example/orchestra/strings'],
  ['gitlab.example:orchestra/strings', 'gitlab.example/orchestra/strings'],
  ['ssh://git@gitlab.example:2222/orchestra/strings.git', 'gitlab.example/orchestra/strings'],
  ['git://gitlab.example/orchestra/strings', 'gitlab.example/orchestra/strings'],
  ['/srv/git/strings.git', ''],
  ['../strings', ''],
  ['file:///srv/git/strings.git', ''],
  ['C:\\git\\strings', ''],
  ['C:/git/strings', ''],
  ['', ''],
])('repositoryName(%j) === %j', (remote, name) => {
  expect(repositoryName(remote)).toBe(name);
});
