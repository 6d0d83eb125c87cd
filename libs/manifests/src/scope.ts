/** How much of the manifests is read: `internal` is what the graph of the workspace needs. */
export type Scope = 'all' | 'internal';
