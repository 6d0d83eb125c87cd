/** A user name and password for one origin. */
export interface Credential {
  readonly username: string;
  readonly password: string;
  /** Which source it came from, never its value. */
  readonly source: string;
  /** `scheme://host[:port]`: it is sent nowhere else. */
  readonly origin: string;
}

export interface CredentialSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home folder. */
  readonly homeDir: string;
  /** Given by the person who runs the release; never to be filled from a file of the repository. */
  readonly explicit?: { readonly username?: string; readonly password: string };
  /** Ask the `keyring` command too. */
  readonly keyring?: boolean;
  /** The user name that goes with a bare token, and that the keyring is asked for; `__token__` without it. */
  readonly username?: string;
  /** The registry's name where a workspace has several: `NX_PYPI_<NAME>_TOKEN` comes before `NX_PYPI_TOKEN`. */
  readonly registry?: string;
  /** Upload URLs of the workspace's other registries: what is bound to one of them is not missing a binding. */
  readonly others?: readonly string[];
}

/** What a source knows: a user name and password, and where they were found. */
export interface Login {
  readonly username: string;
  readonly password: string;
  readonly source: string;
}
