export { createBuilder } from './create-builder.ts';
export type { BuilderOptions } from './builder-options.ts';
export { showArtifact } from './artifacts/show-artifact.ts';
export { inspectArtifact } from './artifacts/inspect-artifact.ts';
export { installerEnvironment } from './environments/installer-environment.ts';
