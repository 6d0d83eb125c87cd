import type { Actor, Setting } from './case.ts';

/** What a case needs that a target may not give, as the command line names it. */

export const settingNeeds: Readonly<Record<Setting, string>> = {
  'private project': 'a private project',
  'public project': 'a public project',
  'forwarding on': 'a server that forwards unknown names',
  'forwarding off': 'a server that forwards no names',
  'PEP 691 on': 'a server that can show pages as JSON',
  'PEP 691 off': 'a server that shows pages as HTML only',
  'FIPS mode': 'a server in FIPS mode, known to be one',
  'object storage': 'a server with object storage, known to be one',
  'file size limit of 1000 bytes': 'a server that takes files of up to 1000 bytes',
};

export const actorNeeds: Readonly<Record<Actor, string>> = {
  developer: 'the token of a developer: NX_PYPI_TOKEN',
  maintainer: 'the token of a maintainer: NX_PYPI_TOKEN_MAINTAINER',
  guest: 'the token of a guest: NX_PYPI_TOKEN_GUEST',
  outsider: 'the token of an outsider: NX_PYPI_TOKEN_OUTSIDER',
  job: 'the token of a running job that may publish: NX_PYPI_TOKEN_JOB',
  'foreign-job': 'the token of a running job that is not on the allowlist: NX_PYPI_TOKEN_FOREIGN_JOB',
  'deploy-read': 'a deploy token that may read: NX_PYPI_TOKEN_DEPLOY_READ',
  'deploy-write': 'a deploy token that may write: NX_PYPI_TOKEN_DEPLOY_WRITE',
  anonymous: 'nothing',
  wrong: 'nothing',
  'wrong-job': 'nothing',
};

export const placeholderNeeds: Readonly<Record<string, string>> = {
  projectPath: "the project's full path instead of its id: --project",
  group: 'the group of the project: --group',
  publicProject: 'a public project beside the project: --public-project',
  emptyProject: 'a project without packages: --empty-project',
  hiddenProject: 'a project that an outsider cannot see, in a group that the outsider sees (from code only)',
  protectedName: 'a protected package name: --protected-name',
};
