/** An answer that says no, in the shape that GitLab gives it. */
export interface Refusal {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GitLab `unauthorized!` on package routes: the header makes clients ask for credentials. */
export const unauthorized: Refusal = {
  status: 401,
  body: { message: '401 Unauthorized' },
  headers: { 'WWW-Authenticate': 'Basic realm="GitLab Packages Registry"' },
};

/** `reason` ends with its own full stop, if any. */
export function forbidden(reason?: string): Refusal {
  return { status: 403, body: { message: reason === undefined ? '403 Forbidden' : `403 Forbidden - ${reason}` } };
}

/** `what`: `Package`, `Project`, `Group`; left out where GitLab does not say what is missing. */
export function notFound(what?: string): Refusal {
  return { status: 404, body: { message: what === undefined ? '404 Not Found' : `404 ${what} Not Found` } };
}

/** `older`: without the prefix, as GitLab answered before 2024. */
export function badRequest(reason: string, older = false): Refusal {
  return { status: 400, body: { message: older ? reason : `400 Bad request - ${reason}` } };
}

/** A parameter that is missing or malformed: Grape's own shape. */
export function badParameters(reasons: readonly string[]): Refusal {
  return { status: 400, body: { error: reasons.join(', ') } };
}

export const unprocessable: Refusal = { status: 422, body: { message: '422 Unprocessable Entity' } };

/** A token that is known, but whose scopes do not cover the request. */
export const insufficientScope: Refusal = {
  status: 403,
  body: {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: 'api',
  },
};

/** A token that was good once. */
export function invalidToken(state: 'expired' | 'revoked'): Refusal {
  const description =
    state === 'expired'
      ? 'Token is expired. You can either do re-authorization or token refresh.'
      : 'Token was revoked. You have to re-authorize from the user.';
  return { status: 401, body: { error: 'invalid_token', error_description: description } };
}
