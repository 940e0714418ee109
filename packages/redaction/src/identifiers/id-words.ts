// What numbers of persons and firms are called, also of countries without a file of theirs.

/** By country or language, a line each. */
const WORDS = String.raw`
en national(?: identity)? (?:id|number|card)|identity (?:card|document|number)|identification (?:card|number)|\bid (?:card|number)|\bid(?= (?:no|nr|num|#))|citizen(?:ship)? (?:id|number|card)|resident (?:id|registration)|personal (?:id|identification|identity|numeric)(?: code)?|civil id|voter id|tax(?:payer)?(?: file)?(?: identification)?(?: id\b|(?= (?:no|num|id)|$|[:#]))|\btin\b|\bvat(?: reg(?:istration)?\.?)?(?: id)?|business (?:registration|identification)|compan(?:y|ies house)(?: registration)?(?= n)|residen(?:ce|t) permit|work permit|\bvisa(?= n)|\beori\b|\blei\b|(?:medical|nursing|professional) licen[cs]e
en-US \bssn\b|social security|\bitin\b|\bf?ein\b|employer identification|alien registration|\ba-number|\buscis\b|\bnpi\b|national provider identifier|\bdea\b|\bmbi\b
en-CA social insurance|\bsin\b|health card|\bohip\b|\bramq\b
en-GB national insurance|\bnino\b|\bni (?=n)|\butr\b|\bnhs\b|\bcrn\b
en-IE \bppsn?\b
en-AU \btfn\b|\babn\b|\bacn\b|\bmedicare\b
en-NZ \bird\b
en-ZA \b(?:sa|south african) id
en-AFRICA \bnin\b|\bbvn\b|kra pin|huduma|ghana ?card|\bssnit\b|\bnida\b
en-IN aadhaa?r|आधार|\bgstin\b|\bgst(?= (?:no|num|in|reg))|\bepic\b|\buan\b|\babha\b
en-ASIA \bcnic\b|\bnicop\b|\bntn\b|\bnid\b|\bnic\b|emirates id|\biqama\b|\bmykad\b|\bic(?= no)|\bnric\b|\bfin(?= no)|\buen\b|\bhkid\b|philsys|\bpsn\b|\bsss\b|\bgsis\b|philhealth|pag-?ibig|\bumid\b
id \bnik\b|\bktp\b|\bnpwp\b|\bbpjs\b
vi \bcccd\b|\bcmnd\b|căn cước(?: công dân)?|chứng minh nhân dân|mã số thuế
es \bdni\b|\bnie\b|\bnif\b|\bcif\b|c[ée]dula(?: de (?:ciudadan[ií]a|identidad))?|\bc\.? ?[ci]\.|\bcurp\b|\brfc\b|\bnss\b|\bcu[iı][tl]\b|\br\.?u\.?[tnc]\b\.?|\bnit\b|\brif\b|\brnc\b|\bdpi\b|\bdui\b|seguridad social|(?:documento|carn[ée]t?) (?:nacional )?de identidad|n[úu]mero de identificaci[óo]n(?: (?:fiscal|tributaria))?|clave de elector
pt \bcpf\b|\bcnpj\b|\brg\b|contribuinte|cart[ãa]o de cidad[ãa]o|bilhete de identidade|\bniss\b|\bn\.?º de utente|n[úu]mero de utente|t[íi]tulo de eleitor|\bpis(?:\/pasep)?\b|\bcns\b
fr \bnir\b|s[ée]curit[ée] sociale|num[ée]ro (?:fiscal|national)|registre national|\bsiren\b|\bsiret\b|\btva\b|carte (?:d['’]identit[ée]|vitale)|\bcnie?\b|\bcin\b|\bavs\b|num[ée]ro d['’]entreprise|\bbce\b|matricule
nl \bbsn\b|burgerservicenummer|rijksregister(?:nummer)?|\binsz\b|\bbtw\b(?:-?(?:nummer|id))?|\brsin\b|\bkvk\b|ondernemingsnummer|\bkbo\b
de steuer(?:-?id|identifikationsnummer|nummer|-?(?=nr))|\bidnr\b|ust-?id(?:nr)?|\buid\b|\bsvnr\b|(?:sozial|renten|kranken)?versicher(?:ungs|ten)(?:nummer|nr)|personalausweis(?:nummer|nr)?|ausweis(?:nummer|nr)|\bahv\b|\bzemis\b|\bkvnr\b
it codice fiscale|\bc\. ?f\.|partita iva|\bp\. ?iva|\biva\b|carta d['’]identit[àa]|tessera sanitaria
el ΑΜΚΑ|Α\.?Φ\.?Μ\b|ΑΦΜ|\bamka\b|\bafm\b|ταυτότητα
sv-no-da-fi-is personnummer|personnr|samordningsnummer|org(?:anisations)?\.?-?(?:nummer|nr)|momsn(?:umme)?r|f[øo]dselsn(?:umme)?r|\bfnr\b|\bcpr\b|\bcvr\b|henkil[öo]tunnus|\bhetu\b|y-tunnus|kennitala
pl \bpesel\b|\bnip\b|\bregon\b|\bkrs\b|dow[óo]d(?:u)? osobist(?:y|ego)
cs-sk rodn[ée] č[íi]slo|\br\. ?č\.|\bičo?\b|\bdič\b|občansk(?:ý|ého) průkaz(?:u)?|občiansky preukaz
hu ad[óo]azonos[íi]t[óo](?: jel)?|ad[óo]sz[áa]m|\btaj\b|szem[ée]lyi (?:igazolv[áa]ny|sz[áa]m)
ro \bcnp\b|\bcui\b|cod numeric(?: personal)?|buletin
bg-mk ЕГН|\begn\b|ЕИК|БУЛСТАТ|ЛНЧ|ЕМБГ
sr-hr-sl \bjmbg\b|ЈМБГ|\bpib\b|ПИБ|\boib\b|\bemšo\b|davčna številka|matični broj
et-lv-lt isikukood|personas kods|asmens kodas
ru-uk-kk ИНН|\binn\b|СНИЛС|\bsnils\b|ОГРН(?:ИП)?|РНОКПП|ІПН|ЄДРПОУ|УНЗР|УНП|ИИН|БИН|ЖСН|идентификационный (?:номер|код)|ідентифікаційний (?:номер|код)|ПИНФЛ|удостоверени[ея] личности
tr \bt\.?c\.? kimlik|\bkimlik\b|\btckn\b|\bvkn\b|vergi
he teudat zehut|israeli? id|ת["״'.]?ז\.?|תעודת זהות|מספר זהות
ar-fa رقم الهوية|الرقم (?:القومي|الوطني|المدني)|الهوية الوطنية|رقم الإقامة|کد ?ملی
th บัตรประชาชน|เลข(?:ที่)?ประจำตัว(?:ประชาชน|ผู้เสียภาษี)?
ja マイナンバー|個人番号|法人番号|年金番号|被保険者番号|住民票コード|在留カード
ko 주민등록|주민번호|외국인등록|사업자(?:등록)?|법인등록
zh 身份证|身分證(?:字號)?|身份證|居民身份|信用代码|纳税人识别号|统一编号|統一編號|統編|社保|医保|居留證|居住证|通行证|台胞证|组织机构代码
other \bkennitala\b|\bcmpn\b|\bnuis\b|\bidnp\b|\bvoen\b
`;

export const ID_WORDS = WORDS.trim()
  .split('\n')
  .map((line) => line.slice(line.indexOf(' ') + 1))
  .join('|');
