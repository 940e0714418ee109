// Words that make a party a group, a role or an idea, and not a name: registries list those among the parties as well.

/** A party of this many people is nobody in particular: `tesla-drivers`, `unknown-scammers-impersonating-elon-musk`. */
const GROUPS = `activists actors adults advertisers agencies allies applicants artists attendees audiences australians authorities
  authors bots brands businesses buyers candidates celebrities children citizens civilians clients coders communities community
  companies competitors constituents consumers contractors couples creator creators criminals critics customers cybercriminals dancers
  daughter defendants deployers depositors detainees developer developers diplomats doctors drivers editors educators elderly employees
  engineers entities entrepreneurs everyone executives experts families family fans farmers father females followers founders fraudsters
  freelancers gamers girls groups hackers homeowners households husband immigrants individual individuals influencers inmates institutions
  investigators investors journalists judges juveniles lawyers leaders learners lgbtq listeners llms manipulators marketers members
  men migrants minorities minors models mother motorists musicians named neighborhoods newspapers nurses officers officials
  operatives operators organizations owners parent parents participants passengers patients pedestrian pedestrians people performers persons
  perpetrators players politicians populations practitioners producers professionals professors programmers propagandists
  protesters providers publishers purchasers readers recipients recruiters relatives renters reporters researchers residents
  respondents riders scammers scholars scientists seekers seniors servicemembers shoppers singers smugglers son speakers spreaders staff
  stakeholders streamers strangers students subscribers suppliers supporters survivors suspects teachers teenagers teens tenants
  tourists trolls user users vendors victims viewers visitors voters watchers wife wives women workers writers youth youths accounts bystanders bystander
  cartels channels christians companies congregants contributors departments electorate engineer engineers filipinos firefighters firms gamers
  goers governments guests gazans hospitals jews lawmakers muslims offices oncologists organizers policymakers pranksters pupils shareholders
  soldiers superannuitants swifties sysadmins takers targets traveller travellers exchanges motorist infrastructure youtubers beneficiaries personnel
  sellers sites gatekeepers websites forums cloners impersonators sextortionists`;

/** An idea, not somebody: `epistemic-integrity`, `democracy`. */
const IDEAS = `access accountability autonomy campaign confidence copyright credibility democracy discourse dignity economy education elections
  electoral environment gender cisgender nonconforming transgender equality ethics freedom health information integrity intelligence journalism justice knowledge law legitimacy markets
  peace policymaking privacy process public relations reputation rights safety science security society stability system systems trust truth
  welfare`;

/** Begins a party of whom nothing is known. */
const UNNAMED = `anonymous another any certain different generic individual individuals many multiple named none numerous other others potential
  pseudonymous pseudonymized several some unaffiliated unidentified unknown unnamed unrelated unspecified unverified various`;

/** Alone, too common or too bare to be told from a name even by capitals. */
const COMMON = `agent agents algorithm anonymous app apps assistant bot chatbot chatbots cisgender company computer customer cyber data database deepfake
  deepfakes developer deployer device devices government hacker internet lab lawenforcement generalpublic machine media model models network networks news none online
  police product research robot robots school scraper service services software state states system systems team technology tool tools
  unknown university vehicle video web website`;

/** Legal forms at the end of a company's name, and what may be left away with it. */
const FORMS = `ab ag aps asa bhd bv co company corp corporation doo gmbh incorporated inc jsc kft kg kk limited llc llp lp ltd ltda mbh nv ohg
  oy oyj pbc pjsc plc private proprietary pte pty pvt sa sarl sas sdn sl spa spzoo srl sro uab ug zrt`;
/** Those that are written letter by letter, or of several words. */
const SPELLED_FORMS = [
  'sp z o o',
  's p a',
  's r o',
  'd o o',
  's a r l',
  's a s',
  's r l',
  's a',
  's l',
  'n v',
  'b v',
  'a s',
  'k k',
  'e v',
  'ab publ',
  's a de c v',
  'sa de cv',
  'gmbh co',
  'kabushiki kaisha',
];

/** What a company does, behind the name of whose it is. */
const TRADES = `analytics automation biotech capital consulting dynamics electronics engineering enterprises group health healthcare holding holdings
  industries insurance intelligence international lab laboratories laboratory labs logistics media mobility motors networks partners
  pharmaceuticals research robotics sciences security services software solutions systems technologies technology telecom ventures`;

/** What a team or a product is called after the name of whose it is: `Sysdig Threat Research`. */
const DESCRIPTIONS =
  'advanced ai department group incident internal labs ml red research response security team threat';

/** Small words within a name: their case says nothing. */
const SMALL = 'a an and at by de del der des di do du el en et for from in la le of on or the to van von with';

/** Initials that nobody reads as a name. */
const ACRONYMS = `agi api app asap asr atm byo ceo cfo cio cpu crm css cto cve cvss diy dna dns eta faq fyi gan gdp gdpr gps gpu hiv html http
  https ict iot ipo isp json kpi llm mfa nda nlp ocr ota otp pdf phd php pin rag rlhf rna roi saas sdk sec seo sla sms sql ssd ssh ssl tba tbd
  tcp tls tts url usb usd vip vpn vr wifi www xml`;

/** Words of which sentences are made: a name of several ordinary words has none of them. */
const CLOSED = `about according after against also although always am are as because been before being between both but can cannot could did
  does during either else had has have he her him his how however if into is it its may me might must neither nor not onto ought per quite
  rather shall she should since so than that their them then there these they this those though through thus too toward towards under
  until upon was were what when where whether which while who whom whose why will within without would yet`;

/** Two letters or digits that everybody has. */
const TWO = `ad ai am ar av bc cd cv dj dr ev ex hr id ip it jr ml mr ms no ok os pc pm pr qa sr tv ui uk un us ux vr vs xr
  2d 3d 4d 2g 3g 4g 5g 6g 2k 4k 8k h1 h2 q1 q2 q3 q4`;

const setOf = (words: string) => new Set(words.split(/\s+/));

export const groups: ReadonlySet<string> = setOf(GROUPS);
export const ideas: ReadonlySet<string> = setOf(IDEAS);
export const unnamed: ReadonlySet<string> = setOf(UNNAMED);
export const common: ReadonlySet<string> = setOf(COMMON);
export const legalForms: ReadonlySet<string> = setOf(FORMS);
export const spelledForms: readonly (readonly string[])[] = SPELLED_FORMS.map((form) => form.split(' '));
export const trades: ReadonlySet<string> = setOf(TRADES);
export const descriptions: ReadonlySet<string> = setOf(DESCRIPTIONS);
export const small: ReadonlySet<string> = setOf(SMALL);
export const acronyms: ReadonlySet<string> = setOf(ACRONYMS);
export const closed: ReadonlySet<string> = setOf(CLOSED);
export const pairs: ReadonlySet<string> = setOf(TWO);
