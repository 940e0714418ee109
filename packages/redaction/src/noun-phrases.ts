// What stands before and behind a name, and so whether the name is one of a thing (`two Acme trucks`, `the chatbot Acme`) or stands by itself.

/** How a name stands in its noun phrase. */
export type Phrase = {
  /** An adjective, number or the like before it belongs to the noun behind it: no article can stand between. */
  isInside: boolean;
  /** A noun follows that the name is an attribute of: `Acme trucks`, `Acme taxi cab`. */
  isAttribute: boolean;
  /** Of these, one in the plural that is no verb as well. */
  isPlural: boolean;
  /** A word before it says who or what it is: `firm Acme`, `the chatbot Acme`. */
  noun: 'who' | 'what' | undefined;
};

export const NO_PHRASE: Phrase = { isInside: false, isAttribute: false, isPlural: false, noun: undefined };

const NUMBERS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]{3,5})?|dozens of|hundreds of|thousands of|several|many|multiple|various|numerous|few|some|any|other|more|most|all|both|no|another|each|every';
const ADJECTIVES =
  'fake|faked|false|fraudulent|alleged|purported|reported|supposed|suspected|apparent|deepfake|deepfaked|manipulated|fabricated|doctored|cloned|forged|hacked|hijacked|compromised|stolen|leaked|parked|driverless|autonomous|automated|ai|new|newer|old|older|early|earlier|late|later|recent|former|current|internal|official|unofficial|private|public|viral|popular|major|large|big|small|minor|young|black|white|male|female|real|actual|biased|racist|sexist|flawed|faulty|unreliable|malicious|rogue|unauthorised|unauthorized|unlicensed|modified|custom|generative|local|nearby|rival|similar|same|senior|junior|chief|deputy|prominent|well-known|famous|stationary|oncoming|empty|occupied';
const ADJECTIVE_ENDS = '(?:al|ous|ic|ive|less|ful|able|ible|ary|ish|ese|ian|ean)';
const COMPOUND_ENDS =
  '(?:generated|powered|based|driven|enabled|assisted|made|built|owned|operated|trained|related|linked|style|language|driving|old|wide|run|backed|led|designed|equipped|fabricated|created|written|themed)';
const NUMBER = new RegExp(`(?<![\\p{L}\\d])(?:\\d[\\d,]{0,12}|${NUMBERS}) $`, 'iu');
const ADJECTIVE = new RegExp(
  `(?<![\\p{L}\\d'’])(?:${ADJECTIVES}|\\p{L}{2,14}${ADJECTIVE_ENDS}|[\\p{L}\\d]{1,12}-${COMPOUND_ENDS}) $`,
  'iu',
);
const DETERMINER = /(?:^|[\s("“‘])(?:the|an?|this|that|these|those|its|his|her|their|our|my|\S{1,24}['’]s) $/iu;

/** Of what follows a name, no noun. */
const NO_NOUN =
  /^ (?:and|or|but|nor|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|cannot|that|which|who|whose|whom|when|where|while|if|because|as|than|to|of|in|on|at|by|for|from|with|without|within|into|onto|over|under|after|before|during|about|against|between|among|through|across|via|per|near|around|until|since|despite|amid|like|not|never|also|only|then|now|even|still|just|again|once|both|so|such|said|says|told|made|makes|gave|took|went|ran|came|led|left|got|sent|saw|met|hit|cut|let|put|set|sued|found|began|kept|held|lost|won|paid|sold|built|did|shut|wrote|drove|struck|fell|broke|an?|the|its|his|her|their|this|these|those|it|they|he|she|v|vs|\p{L}{1,20}(?:ed|ing|ly))(?![\p{L}'’])/iu;
const NOUN = /^ \p{L}{2,}/u;

const PLURALS = `users|workers|employees|customers|drivers|engineers|researchers|executives|students|officers|officials|staffers|contractors|couriers|riders|passengers|subscribers|sellers|buyers|owners|creators|developers|moderators|members|accounts|groups|channels|pages|profiles|messages|videos|images|photos|ads|advertisements|advertisers|apps|chatbots|bots|robots|robotaxis|cars|vehicles|trucks|taxis|drones|devices|phones|speakers|assistants|cameras|sensors|algorithms|systems|tools|models|products|services|platforms|servers|stores|warehouses|factories|facilities|offices|feeds|groups|reviews|results|recommendations|translations|listings|buses|shuttles|watches|glasses|headsets|laptops|computers|agents|policies|guidelines|recordings|playlists|livestreams|deepfakes`;
const BEFORE_PLURALS = `(?:delivery|warehouse|image|search|user|customer|chat|security|software|video|driverless|autonomous|self-driving|facial|news|voice|smart|electric|social|marketing|investment)`;
const PLURAL = new RegExp(`^ (?:${BEFORE_PLURALS} )?(?:${PLURALS})(?![\\p{L}\\d'’-])`, 'iu');

const WHO =
  'president|vice-president|premier|chancellor|minister|secretary|senator|senators|congressman|congresswoman|representative|governor|mayor|councillor|commissioner|ambassador|king|queen|prince|princess|pope|judge|justice|sheriff|officer|detective|inspector|captain|colonel|general|admiral|chief|deputy|director|manager|executive|chairman|chairwoman|ceo|cto|cfo|founder|co-founder|owner|leader|candidate|politician|lawmaker|activist|campaigner|journalist|reporter|anchor|presenter|host|broadcaster|actor|actress|singer|rapper|musician|artist|comedian|entertainer|celebrity|influencer|streamer|youtuber|author|writer|poet|novelist|historian|scientist|researcher|professor|economist|engineer|doctor|physician|nurse|surgeon|lawyer|attorney|prosecutor|solicitor|barrister|teacher|student|resident|driver|investor|entrepreneur|businessman|businesswoman|billionaire|consultant|analyst|strategist|adviser|advisor|spokesman|spokeswoman|spokesperson|footballer|player|athlete|coach|model|star|victim|suspect|man|woman|mp|pm|firm|company|startup|start-up|vendor|supplier|contractor|manufacturer|maker|carmaker|automaker|retailer|insurer|airline|agency|broadcaster|newspaper|magazine|outlet|publisher|university|hospital|school|bank|charity|nonprofit|ngo|organization|organisation|developer|operator|provider|giant|conglomerate|group';
const WHAT =
  'software|app|application|tool|system|robot|drone|algorithm|chatbot|bot|assistant|product|service|platform|site|website|device|scanner|llm|llms|ai|companion|browser|plugin|game|network|agent|program|programme|feature|technology|generator';
const IS_WHO = new RegExp(`(?<![\\p{L}\\d-])(?:${WHO}) $`, 'iu');
const IS_WHAT = new RegExp(`(?<![\\p{L}\\d-])(?:${WHAT}) $`, 'iu');

/** For the check that no text makes them slow. */
export const PHRASES: readonly RegExp[] = [NUMBER, ADJECTIVE, DETERMINER, NO_NOUN, PLURAL, IS_WHO, IS_WHAT];

/** @param before up to the name, with an article that is replaced with it left out, `behind` what follows; some forty characters suffice */
export function phraseAround(before: string, behind: string): Phrase {
  const isAttribute = NOUN.test(behind) && !NO_NOUN.test(behind);
  const isPlural = PLURAL.test(behind);
  const adjective = (NUMBER.exec(before) ?? ADJECTIVE.exec(before))?.[0];
  const isInside =
    adjective !== undefined && (isAttribute || DETERMINER.test(before.slice(0, before.length - adjective.length)));
  const isFollowed = /^['’]s/.test(behind) || isAttribute;
  const noun = isFollowed ? undefined : IS_WHO.test(before) ? 'who' : IS_WHAT.test(before) ? 'what' : undefined;
  return { isInside, isAttribute, isPlural, noun };
}
