// The game: the adversary learns on days whose kind it is told, chooses what it does best on others, and is then asked.
import { bayes, boosted, type Judge, logistic, type Sample, type Train, threshold } from './classifiers.ts';
import type { Features } from './features.ts';

/** Makes a day that was never made before.
 *  @param part of the game, which never shares a day with another */
export type MakeDay = (part: string, number: number, label: boolean) => Promise<Features>;

/** What is to be told apart, and how it is called. */
export type Contest = { setting: string; make: MakeDay };
export type Effort = { train: number; validate: number; trials: number };

export type Outcome = {
  /** Share of right answers on days that nothing was chosen by. */
  right: number;
  setting: string;
  classifier: string;
  /** The best on the days by which setting and classifier were chosen, for each setting. */
  validated: Record<string, number>;
};

const classifiers: Record<string, Train> = { threshold, boosted, bayes, logistic };

/** Plays the setting and the classifier that did best on days for choosing. */
export async function play(contests: readonly Contest[], effort: Effort): Promise<Outcome> {
  const validated: Record<string, number> = {};
  let best: { right: number; contest: Contest; classifier: string; judge: Judge } | undefined;
  for (const contest of contests) {
    const known = await makeDays(contest, 'train', effort.train);
    const others = await makeDays(contest, 'validate', effort.validate);
    for (const [classifier, train] of Object.entries(classifiers)) {
      const judge = train(known);
      const right = shareRight(judge, others);
      validated[contest.setting] = Math.max(right, validated[contest.setting] ?? 0);
      if (best === undefined || right > best.right) best = { right, contest, classifier, judge };
    }
  }
  const { contest, classifier, judge } = best!;
  const right = shareRight(judge, await makeDays(contest, 'trial', effort.trials));
  return { right, setting: contest.setting, classifier, validated };
}

/** As many days of one kind as of the other. */
async function makeDays({ make }: Contest, part: string, count: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const label = i % 2 === 1;
    samples.push({ values: Object.values(await make(part, i, label)), label });
  }
  return samples;
}

function shareRight(judge: Judge, samples: readonly Sample[]): number {
  return samples.filter(({ values, label }) => judge(values) === label).length / samples.length;
}
