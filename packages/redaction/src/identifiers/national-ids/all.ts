// Every country's numbers.
import { at } from './at.ts';
import { au } from './au.ts';
import { be } from './be.ts';
import { br } from './br.ts';
import { ca } from './ca.ts';
import { ch } from './ch.ts';
import { cn } from './cn.ts';
import { cz } from './cz.ts';
import { de } from './de.ts';
import { dk } from './dk.ts';
import { es } from './es.ts';
import { fi } from './fi.ts';
import { fr } from './fr.ts';
import { gb } from './gb.ts';
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
import { pl } from './pl.ts';
import { pt } from './pt.ts';
import { ro } from './ro.ts';
import { se } from './se.ts';
import { sg } from './sg.ts';
import { th } from './th.ts';
import { tr } from './tr.ts';
import { tw } from './tw.ts';
import { us } from './us.ts';
import { za } from './za.ts';

export const NATIONAL_IDS: readonly NationalId[] = [
  ...at,
  ...au,
  ...be,
  ...br,
  ...ca,
  ...ch,
  ...cn,
  ...cz,
  ...de,
  ...dk,
  ...es,
  ...fi,
  ...fr,
  ...gb,
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
  ...pl,
  ...pt,
  ...ro,
  ...se,
  ...sg,
  ...th,
  ...tr,
  ...tw,
  ...us,
  ...za,
];
