// The ends of domain names: those of countries, by ISO 3166-1, and the general ones that are in use.
import { COUNTRIES } from '@detente/record';

const GENERAL = `ac academy aero agency ai app art asia auto bank bar bid bio biz blog build business cafe cam camp capital care careers cash cat
  center chat church city click clinic cloud club co coach codes coffee com community company computer consulting cool coop dance data date
  dating deals design dev digital direct directory dog domains download earth education email energy engineer engineering enterprises estate eu
  events exchange expert express fail family fan farm fashion film finance financial fit flights fun fund fyi gallery game games gg global gmbh
  gold golf gov graphics gratis green group guide guru health help holdings homes host hosting house how icu inc info ink institute
  insurance insure int international investments io ist jobs kim land law lawyer legal life limited link live llc loan lol london love ltd
  market marketing me media men mil mobi money moscow movie museum name net network news ngo ninja nyc one ong online onion org page paris
  partners party pet photo photography photos pics plus porn post press pro productions property pub quest red rehab ren rent repair report
  reviews rip rocks run sale salon school science security services sex shop show site social software solar solutions space store
  stream studio style su supply support surf systems tax team tech technology tel tickets tips tires today tokyo tools top tours town toys trade
  trading training travel tube tv uk university uno vacations ventures video villas vip vision vote voyage wang watch webcam website wiki win wine
  work works world wtf xin xxx xyz yoga zone local internal example test invalid localhost`;

const known = new Set([...GENERAL.split(/\s+/), ...Array.from(COUNTRIES, (code) => code.toLowerCase())]);

export function isTopLevelDomain(label: string): boolean {
  return known.has(label.toLowerCase()) || /^xn--[a-z0-9-]{2,59}$/i.test(label);
}
