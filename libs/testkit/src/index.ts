export { tarGzWith, type TarMember, zipWith } from './archives.ts';
export { gitRepository, type Repository } from './git-repository.ts';
export { type Backend, type DependencySpec, type LocalDependency, type PackageSpec } from './python/package-spec.ts';
export { pythonRepository, pythonWorkspace } from './python/python-workspace.ts';
export { temporaryFolder, type TestEnd } from './temporary-folder.ts';
export { type Tree, writeTree } from './write-tree.ts';
export { serveShelf, type Shelf } from './serve-shelf.ts';
