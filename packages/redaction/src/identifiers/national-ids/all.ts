// Every country's numbers.
import { ae } from './ae.ts';
import { ar } from './ar.ts';
import { at } from './at.ts';
import { au } from './au.ts';
import { be } from './be.ts';
import { br } from './br.ts';
import { ca } from './ca.ts';
import { ch } from './ch.ts';
import { cl } from './cl.ts';
import { cn } from './cn.ts';
import { co } from './co.ts';
import { cz } from './cz.ts';
import { de } from './de.ts';
import { dk } from './dk.ts';
import { es } from './es.ts';
import { eu } from './eu.ts';
import { fi } from './fi.ts';
import { fr } from './fr.ts';
import { gb } from './gb.ts';
import { gh } from './gh.ts';
import { hk } from './hk.ts';
import { ie } from './ie.ts';
import { il } from './il.ts';
import { india } from './in.ts';
import { it } from './it.ts';
import { jp } from './jp.ts';
import { kr } from './kr.ts';
import { mx } from './mx.ts';
import { my } from './my.ts';
import type { NationalId } from './national-id.ts';
import { nl } from './nl.ts';
import { no } from './no.ts';
import { pk } from './pk.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';
import { ru } from './ru.ts';
import { se } from './se.ts';
import { sg } from './sg.ts';
import { th } from './th.ts';
import { tr } from './tr.ts';
import { tw } from './tw.ts';
import { us } from './us.ts';
import { uy } from './uy.ts';
import { za } from './za.ts';

export const NATIONAL_IDS: readonly NationalId[] = [
  ...ae,
  ...ar,
  ...at,
  ...au,
  ...be,
  ...br,
  ...ca,
  ...ch,
  ...cl,
  ...cn,
  ...co,
  ...cz,
  ...de,
  ...dk,
  ...es,
  ...eu,
  ...fi,
  ...fr,
  ...gb,
  ...gh,
  ...hk,
  ...ie,
  ...il,
  ...india,
  ...it,
  ...jp,
  ...kr,
  ...mx,
  ...my,
  ...nl,
  ...no,
  ...pk,
  ...pl,
  ...pt,
  ...ro,
  ...ru,
  ...se,
  ...sg,
  ...th,
  ...tr,
  ...tw,
  ...us,
  ...uy,
  ...za,
];
