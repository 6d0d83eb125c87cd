export { bumpEdits, type BumpEdits, type BumpEditsInput, type FileChange } from './bump/bump-edits.ts';
export type { BumpedPackage, BumpPlan, RewrittenRange } from './bump/bump-plan.ts';
export { bumpOfPlan } from './bump/bump-of-plan.ts';
export { rewrittenRanges, type RangeChange } from './bump/rewritten-ranges.ts';
export { bumpScope, selectPackages, type Selection } from './bump/select.ts';
export { syncedVersions } from './bump/sync.ts';
export { planBump, type BumpInput } from './bump/plan-bump.ts';
export { isLevel, LEVELS, type Level } from './bump/level.ts';
export { levelTable, type LevelRow } from './bump/level-table.ts';
export { bumpVersion, type Bumped } from './bump/next-version.ts';
export { levelStep, parseStep, stepText, type Step } from './bump/step.ts';
export { withEntry, type ChangelogEntry } from './changelog/changelog.ts';
export { releaseNotes } from './changelog/release-notes.ts';
export { sectionsOf, type Sections } from './changelog/sections.ts';
export type { Commit, CommitLog } from './commits/commit.ts';
export { commitsOf, type CommitsQuestion } from './commits/commits-of.ts';
export { levelOfCommits } from './commits/conventional.ts';
export { readBaseline, type BaselineFacts } from './detect/baseline/baseline-facts.ts';
export { baselineOf, type BaselinePolicy, type LinePolicy } from './detect/baseline/baseline.ts';
export { declaredRanges, shippedDeclarations } from './detect/declared-text.ts';
export type { DetectPolicy, DetectPorts, Detection } from './detect/detection.ts';
export { localVersion, type LocalVersion } from './detect/local-version.ts';
export type { History, Relation } from './detect/baseline/origin.ts';
export { gatingOf, type Gating } from './graph/gating.ts';
export { graphProblems } from './graph/graph-problems.ts';
export { releaseHistory, type HistoryEntry } from './history/release-history.ts';
export { verifyReleased, type VerifiedFile } from './history/verify-released.ts';
export { buildGraph, edgesOf, type Edge, type PackageGraph } from './graph/package-graph.ts';
export type { Artifact, ArtifactKind, UploadOutcome, VerifyOutcome } from './model/artifact.ts';
export type { Change, MetadataDifference, Reason } from './model/change.ts';
export {
  isAsAsked,
  problemsAfter,
  succeeded,
  type PackageOutcome,
  type PackageResult,
  type ReleaseReport,
} from './model/outcome.ts';
export type { PlannedRelease, ReleasePlan, Stop } from './model/plan.ts';
export type { Provenance } from './model/provenance.ts';
export type { PublishedFile, PublishedVersion, RegistryState } from './model/registry-state.ts';
export { checkPlan, type PlanCheck } from './plan/check-plan.ts';
export { parsePlanFile } from './plan/parse-plan-file.ts';
export { planFileOf, type PlanEvidence, type PlanFile } from './plan/plan-file.ts';
export type { VersionPolicy } from './plan/planned-version.ts';
export { CHANNELS, isChannel, type Channel, type ChannelId } from './policy/channel.ts';
export {
  FOLLOWS,
  isFollow,
  isRewrite,
  PLAIN_DEPENDENTS,
  REWRITES,
  type DependentsPolicy,
  type EdgePolicy,
  type Follow,
  type Rewrite,
} from './policy/dependents.ts';
export type { Surroundings } from './policy/permission.ts';
export { matchesPackage, type PublishSelection } from './policy/publishable.ts';
export type {
  ArtifactFacts,
  BuildOutcome,
  BuildRequest,
  Builder,
  Checkout,
  Comparison,
  Found,
  RebuildRequest,
  RegistryReader,
  UploadRequest,
  Uploader,
} from './ports.ts';
export { ARTIFACT_LIST, parseArtifactList, type ArtifactList, type ListedArtifact } from './model/artifact-list.ts';
export { channelRequest } from './channel-request.ts';
export type { Released } from './publish/afterwards.ts';
export { buildPlan } from './publish/build-plan.ts';
export type { Built } from './publish/build-release.ts';
export { matchArtifacts, type ArtifactFolder, type Matched } from './publish/match-artifacts.ts';
export { builtElsewhere, builtHere, publishPlan } from './publish/publish-plan.ts';
export { detectRun, planDetected, planRun, release } from './release.ts';
export type { Planned, ReleaseEvent, ReleasePorts, ReleaseRequest, StopSign } from './run.ts';
export { describeOutcome, describeProblem } from './report/describe-outcome.ts';
export { bumpLines } from './report/bump-lines.ts';
export { describeReason } from './report/describe-reason.ts';
export { statusLines, statusRow, type StatusRow } from './report/status-lines.ts';
export { planOutcomes } from './report/outcomes.ts';
export { problemsOf, reportLines, summary } from './report/text.ts';
export { alignedRows } from './report/table.ts';
export { explain, type WhyPorts } from './why/explain.ts';
export { explanationLines } from './why/explanation-lines.ts';
export type { Explanation, ShownArtifact, ShownFile } from './why/explanation.ts';
export { publishableNames, sceneOf, type Scene, type SceneOptions } from './scene.ts';
