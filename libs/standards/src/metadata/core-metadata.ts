/** Core metadata (PEP 566 and later): headers in file order, names as written; `description` is the body or the header. */
export interface CoreMetadata {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly description: string;
}

/** The first value of a field, its name in any case; null where the field is missing. */
export function header(metadata: CoreMetadata, name: string): string | null {
  return headers(metadata, name)[0] ?? null;
}

/** Every value of a field in file order, its name in any case. */
export function headers(metadata: CoreMetadata, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return metadata.headers.filter(([field]) => field.toLowerCase() === wanted).map(([, value]) => value);
}
