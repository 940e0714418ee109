// What a node answers to whom: four contracts, one for each audience.

import { caseEndpoints } from './casework/cases.ts';
import { explainEndpoints } from './casework/explain.ts';
import { inboxEndpoints } from './casework/inbox.ts';
import { ledgerEndpoints } from './casework/ledger.ts';
import { nodeEndpoints } from './casework/node.ts';
import { noticeEndpoints } from './casework/notices.ts';
import { offerEndpoints } from './casework/offers.ts';
import { peerEndpoints } from './casework/peers.ts';
import { exchangeEndpoints } from './exchange/exchange.ts';
import type { Contract } from './openapi.ts';
import { publicationEndpoints } from './publication/publication.ts';
import { reportingEndpoints } from './reporting/cases.ts';

export {
  Case,
  CaseSummary,
  Change,
  caseStatuses,
  correctCase,
  Draft,
  DraftChange,
  DraftFinding,
  getCase,
  getDraft,
  Hold,
  judgeFindings,
  listCases,
  listChanges,
  PeerView,
  previewCase,
  releaseCase,
  retractCase,
  triageCase,
  Version,
} from './casework/cases.ts';
export { Explanation, explain, Step } from './casework/explain.ts';
export {
  getInboxItem,
  InboxItem,
  listInbox,
  listQuarantine,
  Quarantined,
} from './casework/inbox.ts';
export { attestObligation, Balance, contestMark, getBalance, getBalanceTable } from './casework/ledger.ts';
export {
  Act,
  createLab,
  createToken,
  Dossier,
  disableLab,
  disableToken,
  getDossier,
  getStatus,
  listActs,
  listKeys,
  listLabs,
  listTokens,
  OwnKeys,
  Status,
} from './casework/node.ts';
export {
  answerRecall,
  approveWarning,
  listNotices,
  listRecalls,
  listWarnings,
  Notice,
  Recall,
  WarningsOfPeer,
} from './casework/notices.ts';
export {
  checkOffer,
  OfferCheck,
  type OfferEffects,
  OfferSimulation,
  offerPeer,
  simulateOffer,
} from './casework/offers.ts';
export {
  addPeer,
  checkPeer,
  enrolPeer,
  type Fork,
  type ForkProof,
  getPeer,
  listPeers,
  offboardPeer,
  Peer,
  PeerName,
  PeerTerms,
  pinPeer,
  setStanding,
} from './casework/peers.ts';
export {
  type BodyDefinition,
  ContractError,
  type ContractErrorCode,
  type EndpointDefinition,
  endpoint,
  generalProblems,
  isJson,
  type Method,
  pathParams,
  problemsOf,
  type RawBody,
  type ReplyOf,
  type RequestOf,
  type ResponseDefinition,
  type Security,
} from './endpoint.ts';
export {
  addCheckpoint,
  GossipBody,
  getDescriptor,
  getFeed,
  getMirrored,
  getSeen,
  getStatements,
  getWitnessed,
  gossip,
  postNotice,
  postReceipt,
  putStatement,
} from './exchange/exchange.ts';
export {
  type Components,
  type Contract,
  type JsonSchema,
  parameterSchema,
  plainSchema,
  routePath,
  routeSchema,
  securitySchemes,
} from './openapi.ts';
export { FieldProblem, type Problem, type ProblemCode, ProblemDetails, problems } from './problems.ts';
export {
  Count,
  Edition,
  getCheckpoint,
  getCosigned,
  getEdition,
  getStatistics,
  getTile,
  listEditions,
} from './publication/publication.ts';
export { BatchLine, createCase, createCases, createUpdate, getCaseStatus, getReceipt } from './reporting/cases.ts';
export {
  CaseStatus,
  DayProof,
  IncidentFields,
  IntakeReceipt,
  Parties,
  Proposal,
  ReceiptProof,
  Received,
  Report,
  Source,
  Update,
} from './reporting/report.ts';

/** Of all four contracts; the paths carry the major version (`/v1`). */
const version = '1.0.0';

/** The four contracts by audience; `openapi/<name>.json` is made from each. */
export const contracts = {
  reporting: { title: 'Detente reporting', version, endpoints: reportingEndpoints },
  casework: {
    title: 'Detente casework',
    version,
    endpoints: [
      ...caseEndpoints,
      ...peerEndpoints,
      ...offerEndpoints,
      ...ledgerEndpoints,
      ...inboxEndpoints,
      ...noticeEndpoints,
      ...explainEndpoints,
      ...nodeEndpoints,
    ],
  },
  exchange: { title: 'Detente exchange', version, endpoints: exchangeEndpoints },
  publication: { title: 'Detente publication', version, endpoints: publicationEndpoints },
} satisfies Record<string, Contract>;
