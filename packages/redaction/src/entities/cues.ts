// Words around names: what stands before or after one, what ends the name of an organisation, and what is capitalised and none.

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Before a person's name. */
export const TITLES = setOf(`
  mr mrs ms miss mx dr prof professor sir madam dame lord lady rev reverend fr father sister brother pastor imam rabbi bishop pope
  president vice-president premier chancellor minister secretary senator congressman congresswoman representative governor mayor
  councillor councilor commissioner ambassador king queen prince princess judge justice sheriff constable officer detective inspector
  sergeant sgt lieutenant lt captain capt colonel col major maj general gen admiral commander corporal private chief deputy
  nurse coach doctor attorney counsel herr frau señor señora señorita senor senora senhor senhora monsieur madame mme mlle don doña
  signor signora dato datuk datin alhaji haji ayatollah mullah maulana swami shri smt archbishop chancellor superintendent paramedic councilman councilwoman assemblyman assemblywoman cllr engr ing attorney-general sen rep gov hon cpl adm brig supt insp det msgr sgt sheikh chairperson ceo cto cfo chairman chairwoman`);

/** Titles that only name a person when the name behind is surely one: they begin other things as well (`General Motors`, `Chief Officer`). */
export const WEAK_TITLES = setOf(
  'general gen private chief major counsel father sister brother don king queen prince princess lord lady officer representative deputy secretary minister coach miss justice fr col ing',
);

/** What firms trade in or are: heads behind a name that is no ordinary word. */
const TRADES = `
  lettings housing underwriters brokers wealth loans mortgage bancorp trading commodities minerals metals cement
  apparel footwear jewellers jewelers diagnostics clinics hospitals imaging pharmacies chemists wellness telecommunications wireless broadband
  helicopters automation machinery lines marine storage warehousing grocers beverages brewing distillers restaurants kitchens hotels resorts
  cruises seeds fisheries forestry timber solar recycling environmental engineering designs recruitment
  recruiting outsourcing optics photonics computing hosting advertising constabulary consortium solicitors barristers notaries
  accountants auditors translations packaging furniture appliances toys paints ceramics lighting batteries microsystems manufacturing mills
  foundry shipyard mosque temple synagogue gallery`;

/** End, or begin, the name of an organisation. */
export const HEADS = setOf(`
  university universität universidad université college institute institut instituto institution school academy polytechnic faculty
  hospital clinic infirmary bank banco banca banque ministry ministerio department bureau bundesamt office agency authority commission committee council
  court tribunal parliament senate congress assembly foundation association federation union society trust fund charity
  group holdings holding partners associates ventures capital investments securities insurance assurance mutual
  corporation company companies enterprises industries technologies technology systems solutions services software labs laboratories
  laboratory analytics robotics motors airlines airways railways aerospace pharmaceuticals pharma therapeutics biotech healthcare
  energy utilities logistics freight media networks communications telecom entertainment studios pictures records orchestra
  news times journal courier gazette herald tribune post press magazine weekly police consulting advisors consultancy markets
  couriers steelworks museum library church ministries club league team party center centre station airport
  administration directorate inspectorate registry treasury embassy consulate ombudsman senate authorities
  bakery hotel restaurant cafe café gym fitness pharmacy dental dairy brewery supermarket supermarkets coffee pizza
  foods farms shipping textile textiles transport express dynamics platforms digital interactive games gaming electric electronics
  semiconductor semiconductors instruments chemicals plastics steel mining petroleum properties realty lending financial finance
  dermatology radiology cardiology oncology pediatrics paediatrics orthopedics orthopaedics dentistry ophthalmology psychiatry
  transit drones precision kitchen
  payments construction builders architects staffing security defence defense aviation automotive mobility rentals leasing stores
  publishing publishers books broadcasting radio television films theatre theater opera chronicle standard observer
  collective cooperative coalition initiative forum guild chamber seminary kindergarten hospice observatory travel tours airways
  klinikum krankenhaus sparkasse volksbank hochschule ecole lycee hopital ministere universita universiteit universitet ospedale
  politecnico comune ayuntamiento escuela colegio fundacion fundacao associacao sociedad societe compagnie stiftung verein grupo groupe
  forces force command army navy service board international elementary garage palace spa plumbing roofing catering cleaning salon grill diner inn house air
  universitat universite estado insight insights genomics biosciences sciences vision maritime studio power water rail railway railroad telecoms fintech edtech gruppe gruppo
  savings nursery shop guard cosmetics pub trattoria estates organization organisation brotherhood confederation alliance centro gemeente
  prefecture mairie archdiocese diocese health ${TRADES} municipio camara faculdade secretaria radio tv fc afc united rovers wanderers home homes associates brothers bros support care legal agro aid motor advisers advisory retail robotique logistik logistica logistique`);

/** Heads that alone tell little in a headline: `Police Department`, `AI Systems`, `News`. */
export const WEAK_HEADS = setOf(`
  group capital services systems solutions technology technologies software media news times post press office police party team center
  centre station union trust fund court records pictures energy club league services networks communications company companies
  entertainment markets insurance record council assembly society parliament congress senate weekly journal magazine department
  library museum church labs healthcare robotics analytics
  administration authorities registry treasury directorate hotel restaurant cafe gym fitness pharmacy dental dairy supermarket supermarkets coffee
  pizza foods farms shipping textile textiles transport express dynamics platforms digital interactive games gaming electric
  electronics semiconductor semiconductors instruments chemicals plastics steel mining petroleum properties realty lending financial
  finance payments construction builders architects staffing security defence defense aviation automotive mobility rentals leasing
  dermatology radiology cardiology oncology pediatrics paediatrics orthopedics orthopaedics dentistry ophthalmology psychiatry
  transit drones precision kitchen
  stores publishing publishers books broadcasting radio television films theatre theater opera standard observer collective
  coalition initiative forum chamber travel tours support care legal agro aid motor advisers advisory retail brothers bros united
  rovers wanderers home homes insight insights genomics biosciences sciences vision maritime studio power water rail railway railroad telecoms fintech edtech fc savings nursery shop guard cosmetics pub estates organization organisation radio tv forces force command army navy service board international elementary garage palace spa plumbing roofing catering cleaning salon grill
  diner inn house air health ${TRADES}`);

/** Ordinary words that firms like to be called by: before a head they make a name. */
export const BRAND_WORDS = setOf(`
  axiom lumen larkspur beacon summit vertex nimbus apex horizon pioneer zenith meridian keystone catalyst compass pinnacle anchor atlas titan quantum nova
  stellar cedar oak maple birch willow juniper redwood evergreen sequoia aspen laurel ivy clover thistle heather lotus orchid magnolia harbor harbour haven cove bay tide
  tidal wave coral reef delta canyon mesa ridge crest peak alpine glacier granite basalt cobalt copper silver golden gold platinum diamond emerald sapphire ruby crystal
  onyx opal amber pearl falcon eagle hawk kestrel osprey raven phoenix condor heron swift lynx panther jaguar puma cougar wolf fox bear bison stag orca dolphin
  aurora solstice equinox eclipse nebula orbit comet meteor polaris vega orion lyra helios solar lunar vector matrix nexus vortex prism spectrum photon
  fusion velocity momentum inertia synergy vanguard sentinel guardian bastion citadel fortress paladin crusader aegis shield trident spear arrow lance
  heritage legacy liberty independence patriot republic union colonial empire imperial regal royal crown sovereign noble majestic frontier trailblazer voyager explorer
  odyssey everest olympus avalon arcadia elysium utopia eden oasis mirage sahara bluebird bluestone blackstone brightwater clearwater whitewater stillwater riverside
  lakeside hillside seaside northstar lodestar daybreak sunrise sunset twilight midnight ember spark blaze flint forge anvil hammer ironwood cornerstone
  milestone capstone sandstone limestone touchstone bedrock sterling premier paramount pacesetter optimum ultra omega alpha sigma gamma zeta theta`);

/** Heads that make a name only with a word before them that is no ordinary one: `Costa Coffee`, but not `Customer Support`. */
export const GENERIC_HEADS = setOf(`
 dermatology radiology cardiology oncology pediatrics paediatrics orthopedics orthopaedics dentistry ophthalmology psychiatry
 transit drones precision kitchen
 pharmacy shipping textile textiles transport express dynamics platforms digital interactive games gaming electric
 electronics semiconductor semiconductors instruments chemicals plastics steel mining petroleum properties lending financial
 finance payments construction builders architects staffing security defence defense aviation automotive mobility rentals leasing
 stores publishing publishers books broadcasting radio television films standard observer collective initiative travel tours
 support care legal agro aid motor advisers advisory retail brothers bros dental fitness  
 savings shop guard cosmetics radio tv forces force command service board cleaning house team centre center station
 united rovers wanderers home homes health ${TRADES} insight insights genomics biosciences sciences vision maritime studio power water rail railway railroad telecoms`);

/** Behind a company's name. */
export const LEGAL_FORMS = setOf(`
  inc incorporated corp llc llp ltd limited plc gmbh ag kg kgaa ug ohg se sa sas sarl srl spa nv bv ab asa oyj aps kft zrt doo
  pty pte bhd sdn kk kabushiki pvt ltda eurl sro jsc ojsc pjsc aktiengesellschaft as oy ou uab ooo zao ehf lda bvba eood ead gbr`);

/** Of these, those that stand before a name as well: `Hotel Adler`. */
export const FIRST_HEADS = setOf('hotel restaurant air team radio tv studio');

/** Of peoples and regions: nobody's names, but they begin those of bodies (`European Commission`). */
export const NATIONS = setOf(`
  english french german spanish italian chinese japanese korean russian arabic portuguese dutch swedish danish norwegian finnish polish czech
  hungarian greek turkish hindi urdu bengali tamil swahili hebrew latin thai vietnamese indonesian malay persian farsi ukrainian
  american americans british european europeans african africans asian asians australian australians canadian canadians mexican mexicans
  indian indians israeli israelis palestinian palestinians iranian iranians iraqi iraqis afghan afghans brazilian brazilians argentine irish
  scottish welsh swiss austrian belgian romanian bulgarian serbian croatian slovak slovenian taiwanese filipino filipinos pakistani
  pakistanis bangladeshi nigerian nigerians kenyan kenyans ghanaian ethiopian somali sudanese egyptian moroccan algerian tunisian libyan
  syrian syrians lebanese jordanian saudi saudis emirati qatari kuwaiti yemeni malaysian singaporean cambodian burmese nepali nepalese
  lankan mongolian kazakh uzbek georgian armenian azerbaijani moldovan belarusian lithuanian latvian estonian icelandic cuban haitian
  jamaican colombian venezuelan peruvian chilean bolivian ecuadorian paraguayan uruguayan russians ukrainians germans greenlander
  north south east west northern southern eastern western midwest europe asia africa america antarctica atlantic pacific mediterranean
  islamic jewish catholic christian buddhist hindu us uk eu un u.s u.k`);

/** Capitalised, and nobody's name. */
export const NO_NAMES: ReadonlySet<string> = setOf(`
  ${[...NATIONS].join(' ')}
  i i'm i'll i've i'd the a an and or but if in on at of to for from by with as is are was were be been has have had not no yes please
  monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend january february march july september october november
  december mon tue wed thu fri sat sun feb apr jun jul aug sep sept oct nov dec am pm utc gmt cet est pst edt cest
  ai ml llm llms nlp gpt api apis url http https www html pdf csv json xml sql cpu gpu gpus ram usb gps vr ar iot id ids faq pin atm sms
  cctv ceo cto cfo coo cio hr it pr tv dna rna hiv covid covid-19 ok usa uk us eu un uae u.s u.k nyc la dc ufo iq cv dob ssn iban nan
  av avs ev evs adas suv suvs lidar rpa ocr rag agi usd eur gbp sek cny lgbtq lgbt bame cia
  chatbot chatbots chatgpt deepfake deepfakes robotaxi robotaxis autopilot cybersecurity cyberattack cyberattacks malware ransomware phishing
  online internet web website websites email emails app apps smartphone smartphones livestream crypto bitcoin blockchain metadata dataset
  datasets algorithm algorithms biometric biometrics misinformation disinformation cyberbullying sextortion doxxing doxing nonconsensual
  non-consensual pre-trained multimodal generative hallucinated hallucinations jailbreak jailbreaks jailbroken drive-thru offline unicode ansi ascii
  muslim muslims christian christians catholic catholics jewish jew jews hindu hindus buddhist buddhists sikh sikhs islam christianity
  judaism islamic anti-semitic semitic hispanic hispanics latino latinos latina latinas caucasian caucasians rohingya uyghur uyghurs
  democrat democrats republican republicans conservative labour nazi nazis communist
  internet christmas easter ramadan halloween bible quran god devil earth mars
  aadhaar personnummer fodselsnummer burgerservicenummer rijksregisternummer henkilotunnus
  traceback stderr stdout cudnn cuda tensorrt pytorch tensorflow numpy scipy postgres postgresql openssl
  android ios linux unix windows macos python javascript java excel photoshop bluetooth wifi wi-fi captcha captchas bot bots kremlin
  then now here there also only even still yet just very thus perhaps maybe
  hello hi hey dear thanks regards hmm oh ah wow excuse sorry
  mr mrs ms dr apt suite po box fax tel phone mobile desk email address date name subject re ps cc bcc fwd attn appendix section annex figure table
  ii iii iv vi vii viii ix xi xii`);

/** Given names that the lists of words have too, and that are hardly ever one. */
export const NO_WORDS = setOf(`
  john james benjamin peter timothy nancy donna maria kelly abigail henry jerry kyle bobby johnny logan ruth mike jane beth martin lars raj
  anil carl harry tom`);

/** Given names that are ordinary words: with a capital within a sentence they are names. */
export const WORD_NAMES = setOf(`
  mark jack frank bob rob brad drew grace amber dean ray ted fred ivy jade joy eve faith holly iris jasmine pearl scott victor penny belle
  ginger melody robin bonnie jean anna sue bill nick pat dick peg kitty molly polly betty daisy lily ruby olive clay glen
  hank josh kay lee mac max moe nell norm otto ralph rex rich rick roger sally sandy shelly stew sunny wade wally miles rosemary`);

/** Names of months and verbs that are given names as well. */
export const WORDS_TOO = setOf('april may june august jan mar will can mark');

/** Lower case within a person's name. */
export const PARTICLES = setOf(
  'van der den de la le du da do dos das di del della el al ul bin ibn binti bint von zu zum zur ter ten te y e af av ould bint ben abu dos dei degli vom op los las',
);

/** Behind a person's name. */
export const PERSON_VERBS = setOf(`
  said says told tells asked asks wrote writes replied explained claims claimed added adds argued argues insisted noted recalled shouted
  testified complained who whose lives lived was is has had filed sued died felt thought believes believed denied
  admitted resigned speaks spoke speak listed named refused appealed pleaded phoned emailed begged cried`);

/** Before what belongs to somebody: an employer, a brand, no person. */
export const POSSESSIVES = setOf('her his their my our your its');

/** Behind a person's name with `'s`. */
export const OF_HUMANS = setOf(
  'lawyer lawyers attorney mother father parents wife husband widow son daughter sister brother family death arrest face voice photo body age doctor diagnosis girlfriend boyfriend child children',
);

/** Before a person's name. */
export const PERSON_CUES = setOf(`
  named called by hi hello hey dear mother father son daughter wife husband sister brother girlfriend boyfriend friend colleague
  partner uncle aunt cousin kid child fiance fiancé neighbour neighbor boss auntie aunty grandma grandpa mom mum dad name signed user contact bot ask meet met with asked
  told victim suspect defendant plaintiff complainant patient engineer researcher teacher student employee driver journalist reporter
  lawyer author singer songwriter actor director producer player representative guardian beneficiary commenter activist politician
  resident founder spokesman spokeswoman spokesperson developer maintainer analyst scientist manager customer worker mr am him her`);

/** Capitalised in a headline behind what may be a given name, and no last name: `Essex Man`, `Turing Test`. */
export const HEADLINE_NOUNS = setOf(
  'man woman boy girl teen mother father couple high school test case law act app bot child kid student driver worker officer user star fire police court data game phone house car video voice photo image post news model code group team park beach hill county street river lake bay',
);

/** What an organisation is, before or behind its name. */
export const ORGANISATION_NOUNS = setOf(`
  company firm startup vendor supplier contractor bank employer agency provider manufacturer maker operator publisher outlet airline
  retailer subsidiary competitor rival insurer brokerage broker chain carmaker automaker chipmaker newspaper broadcaster magazine charity
  nonprofit non-profit ngo union university hospital clinic organisation organization corporation multinational conglomerate lender
  landlord distributor wholesaler developer-studio studio brainchild business 501 cooperative marketplace unicorn platform giant consultancy`);

/** Before an organisation's name. */
export const ORGANISATION_CUES = setOf(
  'at for joined against of support via using sued acquired became formerly renamed',
);

/** Before `by`, `from`, `of`, `with`, `to`, `on` or `in` and an organisation's name: what it makes, sells and does with people. */
export const DEALINGS = setOf(`
  built developed made manufactured designed trained provided supplied sold owned operated licensed hired fired employed charged fined
  published marketed run powered produced acquired bought funded financed backed issued audited evaluated shipped delivered insured sponsored hosted
  ordered purchased downloaded migrated moved switched borrowed rented booked subscribed applied
  executive president head boss manager
  employee employees customer customers client clients engineer engineers worker workers staff spokesperson spokesman spokeswoman
  spokespeople ceo cto cfo founder co-founder founders cofounder chairman chairwoman director directors owner shareholders shares stock subsidiary
  branch offices headquarters users subscribers couriers drivers managers lawyers executives researchers interns intern contractor contractors
  contract agreement account policy deal partnership interview invoice subscription merger lawsuit complaint job position internship loan work works
  worked working partnered`);

/** The same before `by`, `of` and `from`; and behind an organisation's name and `the`. */
export const PRODUCTS = setOf(
  'software app tool system robot drone model algorithm chatbot assistant product service platform device scanner',
);

/** In front of a colon or alone on a line before an organisation's name. */
export const ORGANISATION_LABELS = setOf(
  'employer company organisation organization vendor supplier institution agency firm provider developer deployer manufacturer operator insurer bank school university hospital affiliation workplace landlord',
);

/** Behind an organisation's name. */
export const ORGANISATION_VERBS = setOf(`
  announced launched released acquired sells sold develops developed provides provided offers offered employs employed hired operates
  operated supplied supplies confirmed updated withdrew deployed published froze invested office offices headquarters employees staff
  spokesperson spokesman spokeswoman customers servers engineers users app platform shares website site blog account employee spokesman
  couriers drivers workers executives researchers shareholders store stores branch recalled recalls sells makes runs uses provides raised
  laid merged ships shipped hires acquires outsourced rebranded chatbot software robot robots drones ceo`);

/** Behind ordinary words with capitals: who does so is an organisation. */
export const AGENT_VERBS = setOf(
  'said says declined denied denies told admitted paid pays refused reported apologised apologized blamed agreed settled stated claimed responded insisted trained fined sued charged hired ignored',
);

/** What belongs to an organisation: `Fintrova's fraud filter`. */
export const BELONGINGS = setOf(`
  app apps software platform chatbot chatbots assistant model models tool tools system systems fraud filter robot robots drone drones algorithm algorithms
  data website servers server shares stock employees workers staff customers users terms service services product products cars warehouse
  factory plant store stores branch office offices headquarters ceo spokesperson spokesman spokeswoman management api engineers
  recommendation search help customer legal moderation autopilot fleet network board shareholders`);

/** Before `of` and a person's name. */
export const OF_PERSONS = setOf(`
  face voice photo photos photograph likeness death arrest detention murder killing birth age wife husband widow widower mother father son
  daughter sister brother parents children diagnosis body testimony affidavit conviction biography obituary handwriting`);

/** Behind a person, and not behind an organisation. */
export const HUMAN_VERBS = setOf(
  'who whose lives lived died felt thought wrote writes shouted testified resigned recalled believes believed told tells asked asks replied worked',
);

/** Before a person's name, and not before an organisation's. */
export const HUMAN_CUES = setOf(`
  named mother father son daughter wife husband sister brother girlfriend boyfriend friend colleague uncle aunt cousin kid fiance fiancé
  neighbour neighbor boss signed victim suspect patient engineer researcher teacher student driver journalist reporter lawyer author singer
  actor director resident founder hi hello hey dear mr am im`);

/** Given names that are hardly ever a partner's in a firm's name. */
export const FIRST_NAMES = setOf(`
  anna tom marie mary john jane jean peter paul mark luke lucy sarah sara emma emily julia laura lisa maria ana eva ida lena nina tina rosa
  hans karl heinz klaus jan sven lars erik bjorn ali omar ahmed mohammed muhammad mohamed fatima aisha yusuf ibrahim ivan olga igor
  juan jose carlos luis pedro miguel pablo sofia lucia carmen pierre jacques claire sophie camille michel louis luca marco paolo giulia
  mike michael david daniel steve stephen james robert william richard joseph thomas charles christopher matthew anthony andrew joshua
  kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan larry justin brandon benjamin samuel
  patricia jennifer linda elizabeth barbara susan jessica karen nancy betty margaret sandra ashley kimberly donna michelle carol amanda
  melissa deborah stephanie rebecca sharon cynthia kathleen amy angela shirley brenda pamela nicole helen samantha katherine christine
  rachel carolyn janet catherine heather diane ruth olivia joyce virginia victoria kelly lauren christina joan evelyn judith andrea hannah
  luc claude philippe yves marc jorg bjarne dieter gerd uwe rolf hyun min ji seo mei abdul abd bob jim joe bill ben sam dan max leo yuki ann anne alice bob harry tim kate ellen rose`);

/** Begin a noun phrase, and are no part of a name. */
export const LEADERS = setOf(
  'our my your his her its their this that these those some any each every another other many most several all both no when while after before since because although if once as our according yesterday today tomorrow meanwhile however then so why how what who where local former',
);

/** Public bodies and broadcasters that are known by their letters. */
export const ACRONYMS = setOf(
  'FBI NSA NHS BBC CNN NBC CBS ABC NPR NYPD LAPD NASA IBM UNESCO UNICEF WHO IMF OECD NATO FTC FDA SEC FCC NHTSA NTSB DARPA ACLU EFF MIT UCLA HSBC UBS BMW SAP AMD TSMC UPS ICO ICE HUD IRS MOD',
);

/** Letters of things and not of bodies. */
export const TECHNICAL = setOf(`
  tls ssl ssh ftp dns vpn lan wan tcp udp yaml toml rfc pem utf ascii kb mb gb tb mib gib mhz ghz kwh nul null oidc oauth saml sso mfa otp qr nfc
  ip rfid crm erp cms kpi kpis roi sla slas nda rfp diy eta asap fyi tbd tba rag rlhf dpo ppo gan gans rnn lstm vae svm ner asr tts stt mri ecg
  eeg icu bmi phd mba bsc msc gdp vat lcd led oled ssd hdd bios sdk ide cli gui ux ui qa ecu imu slam pos kyc aml esg csr ngo ngos pii phi
  gdpr hipaa ccpa dsa dma cpr icd ehr emr tlp ioc ttp cve cvss sha md5 aes rsa hsm usa ram rom dvd cd tv sim sms mms pos uav uavs rov agv
  agvs plc scada hmi mcp sse jwt cors csrf xss dos ddos bgp http crud acl rbac todo ps pps sos mvp poc uat eod pto wfh rsvp nb
  mac alpr anpr ros egn cpf cnpj ahv sin bsn pesel nir cnp oib dni nie nif curp imei imsi iccid vin iban bic rrn nric cccd nino npi tin itin ein abn tfn`);

/** Before a place. */
export const PLACE_CUES = setOf(
  'in near to from at outside across around visit visiting visited toward towards of throughout via into',
);
