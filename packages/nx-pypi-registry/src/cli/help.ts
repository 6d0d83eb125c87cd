import { faultHelp } from './parse-fault.ts';

export const help: string = `nx-pypi-registry: GitLab's PyPI package registry on one machine, for trying and testing.

  nx-pypi-registry [serve]     Runs a registry until it is stopped.
    --port NUMBER              Default 8929; 0 takes a free one.
    --storage FOLDER           Where the packages are kept. Default .nx-pypi-registry
    --host ADDRESS             Default 127.0.0.1: reachable from this machine only.
    --base-path PATH           Path below the host, such as /gitlab.
    --forwarding URL           Unknown names are redirected to URL/simple/NAME/ instead of 404.
    --rate-limit NUMBER/SECONDS
                               Answers more requests than that with 429; "60/15 announced" tells the limit with every answer.
    --fault FAULT              Something that goes wrong, such as "status=503 on=upload times=3"; may be given several times:
${faultHelp}
    The token for uploads is NX_PYPI_TOKEN; without it a new one is made up and printed.

  nx-pypi-registry conformance Compares a server with what is known of GitLab. Leaves packages behind, and names them.
    --url URL --project ID     The server, and the project that may be written to (id or full path).
    --group ID                 The group that it is in.
    --public-project ID --empty-project ID --protected-name NAME
                               Make more cases applicable.
    --patience SECONDS         How long a read may take to show what was written. Default 30.
    Tokens: NX_PYPI_TOKEN of a developer, and for more cases NX_PYPI_TOKEN_MAINTAINER, _GUEST, _OUTSIDER, _JOB,
    _FOREIGN_JOB, _DEPLOY_READ and _DEPLOY_WRITE.
`;
