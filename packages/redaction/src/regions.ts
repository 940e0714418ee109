// States and provinces by country (ISO 3166-1), in lower case: regions that are named in English texts without a word that says what they are.
const REGIONS: Readonly<Record<string, string>> = {
  US: `alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,hawaii,idaho,illinois,indiana,iowa,kansas,kentucky,
louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,new jersey,new mexico,
new york,north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,tennessee,texas,utah,vermont,
virginia,west virginia,wisconsin,wyoming`,
  GB: 'england,scotland,wales,northern ireland',
  CN: `anhui,fujian,gansu,guangdong,guangxi,guizhou,hainan,hebei,heilongjiang,henan,hubei,hunan,inner mongolia,jiangsu,jiangxi,jilin,liaoning,
ningxia,qinghai,shaanxi,shandong,shanxi,sichuan,tibet,xinjiang,yunnan,zhejiang`,
  CA: 'british columbia,manitoba,new brunswick,newfoundland,nova scotia,nunavut,ontario,quebec,saskatchewan',
  IN: `andhra pradesh,arunachal pradesh,assam,bihar,chhattisgarh,gujarat,haryana,himachal pradesh,jharkhand,karnataka,kerala,madhya pradesh,maharashtra,odisha,
rajasthan,tamil nadu,telangana,uttar pradesh,uttarakhand,west bengal`,
  AU: 'new south wales,queensland,south australia,tasmania,western australia,northern territory',
  DE: 'bavaria,brandenburg,lower saxony,north rhine westphalia,saxony,saxony anhalt,schleswig holstein,thuringia',
};

/** Landscapes, squares and streets that texts name without their town. */
const LANDMARKS: Readonly<Record<string, string>> = {
  US: `sierra nevada,rocky mountains,silicon valley,bay area,death valley,grand canyon,yosemite valley,times square,central park,union square,
wall street,capitol hill,golden gate bridge,brooklyn bridge,las vegas strip,long island,cape cod`,
  GB: 'trafalgar square,leicester square,piccadilly circus,hyde park,parliament square,downing street,tower bridge,canary wharf,lake district',
  CN: 'tiananmen square,pearl river delta',
  RU: 'red square',
  EG: 'tahrir square',
  TR: 'taksim square',
  UA: 'maidan square',
  FR: 'eiffel tower,champs elysees',
  DE: 'alexanderplatz,brandenburg gate,black forest',
  IT: 'piazza navona,saint peters square',
};

/** Country by region. */
export const COUNTRY_OF_REGION: ReadonlyMap<string, string> = new Map(
  [...Object.entries(REGIONS), ...Object.entries(LANDMARKS)].flatMap(([code, names]) =>
    names.split(/,\n?/).map((name) => [name, code] as const),
  ),
);
