// The casework contract: what officers and their dashboards ask of a node.

import { type Contract, VERSION } from '../openapi.ts';
import { caseEndpoints } from './cases.ts';
import { explainEndpoints } from './explain.ts';
import { inboxEndpoints } from './inbox.ts';
import { ledgerEndpoints } from './ledger.ts';
import { nodeEndpoints } from './node.ts';
import { noticeEndpoints } from './notices.ts';
import { offerEndpoints } from './offers.ts';
import { peerEndpoints } from './peers.ts';

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
} from './cases.ts';
export { Explanation, explain, Step } from './explain.ts';
export {
  getInboxItem,
  InboxItem,
  listInbox,
  listQuarantine,
  Quarantined,
} from './inbox.ts';
export { attestObligation, Balance, contestMark, getBalance, getBalanceTable } from './ledger.ts';
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
} from './node.ts';
export {
  answerRecall,
  approveWarning,
  listNotices,
  listRecalls,
  listWarnings,
  Notice,
  Recall,
  WarningsOfPeer,
} from './notices.ts';
export {
  checkOffer,
  OfferCheck,
  type OfferEffects,
  OfferSimulation,
  offerPeer,
  simulateOffer,
} from './offers.ts';
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
  type TermsDifference,
} from './peers.ts';

export const caseworkContract = {
  title: 'Detente casework',
  version: VERSION,
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
} satisfies Contract;
