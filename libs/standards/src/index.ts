/** The Python packaging standards that a release needs, as pure functions. */
export { isValidName, normalizeName } from './names/name.ts';

export {
  baseVersion,
  isDevRelease,
  isPostRelease,
  isPreRelease,
  publicVersion,
  type PrePhase,
  type Version,
} from './versions/version.ts';
export { parseVersion } from './versions/parse-version.ts';
export { formatVersion } from './versions/format-version.ts';
export { compareVersions } from './versions/compare-versions.ts';

export {
  formatSpecifierSet,
  type Specifier,
  type SpecifierOperator,
  type SpecifierSet,
} from './specifiers/specifier.ts';
export { parseSpecifierSet } from './specifiers/parse-specifiers.ts';
export { specifierAllows, type PreReleases } from './specifiers/specifier-allows.ts';

export type { Cut } from './ranges/cut.ts';
export {
  complementRange,
  equalRanges,
  intersectRanges,
  isEmptyRange,
  isSubrange,
  rangeContains,
  type Interval,
  type VersionRange,
} from './ranges/version-range.ts';
export { rangeOf } from './ranges/range-of.ts';

export type { Requirement, RequirementResult, RequirementSpans, Span } from './requirements/requirement.ts';
export { parseRequirement } from './requirements/parse-requirement.ts';

export type { Marker, MarkerComparison, MarkerOperand, MarkerOperator, MarkerVariable } from './markers/marker.ts';
export { parseMarker, type MarkerResult } from './markers/parse-marker.ts';
export { formatMarker } from './markers/format-marker.ts';
export { evaluateMarker, type MarkerEnvironment } from './markers/evaluate-marker.ts';
export { markerMentionsExtra } from './markers/mentions-extra.ts';

export { escapeName, sdistFilename } from './filenames/escape.ts';
export { parseWheelFilename, wheelTags, type WheelFilename } from './filenames/wheel.ts';
export { parseSdistFilename, type SdistFilename } from './filenames/sdist.ts';
export { parseDistributionFilename, type DistributionFilename } from './filenames/distribution.ts';

export { header, headers, type CoreMetadata } from './metadata/core-metadata.ts';
export { parseCoreMetadata } from './metadata/parse-core-metadata.ts';
