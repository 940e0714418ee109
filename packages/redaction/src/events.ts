// Events beside each other: small groups, and reports of one event. An entry of its own, which loads no list of words.
export { type Account, acrossReports, type Difference } from './across-reports.ts';
export {
  type Fitting,
  groupQuestions,
  type SmallGroup,
  smallGroups,
  type TierQuestions,
  traitsOf,
} from './small-groups.ts';
