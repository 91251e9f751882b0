import type { ModelAnswer, ModelScript } from '@cliparity/plugin-api';

/** Of a request, what decides which answer it gets. */
export interface Question {
  /** Counted from 1. */
  readonly number: number;
  readonly body: string;
}

/** Gives the answers of one script out, each as often as it may be given. */
export interface AnswerBook {
  /** The answer to this question; undefined when nobody scripted one. */
  readonly take: (question: Question) => ModelAnswer | undefined;
  /** Answers that were asked for too rarely, each as the end of a sentence. */
  readonly unused: () => readonly string[];
}

function claims({ when }: ModelAnswer, { number, body }: Question): boolean {
  if (when === undefined) return true;
  if (when.request !== undefined && when.request !== number) return false;
  return when.contains === undefined || body.includes(when.contains);
}

const describe = ({ when }: ModelAnswer, at: number): string => {
  const words = [
    ...(when?.request === undefined ? [] : [`request ${String(when.request)}`]),
    ...(when?.contains === undefined ? [] : [`requests that contain ${JSON.stringify(when.contains)}`]),
  ];
  return `answer ${String(at + 1)}${words.length === 0 ? '' : ` (for ${words.join(', ')})`}`;
};

/** An answer book for a script. Answers that say `when` are asked first; the others are given in their order. */
export function createAnswerBook({ answers }: ModelScript): AnswerBook {
  const given = answers.map(() => 0);
  const left = (answer: ModelAnswer, at: number): boolean =>
    answer.times === 'any' || (given[at] ?? 0) < (answer.times ?? 1);
  const order = answers
    .map((answer, at) => ({ answer, at }))
    .sort((a, b) => Number(a.answer.when === undefined) - Number(b.answer.when === undefined) || a.at - b.at);
  return {
    take: (question) => {
      const found = order.find(({ answer, at }) => left(answer, at) && claims(answer, question));
      if (found === undefined) return undefined;
      given[found.at] = (given[found.at] ?? 0) + 1;
      return found.answer;
    },
    unused: () =>
      answers.flatMap((answer, at) => {
        if (answer.times === 'any' || !left(answer, at)) return [];
        const wanted = answer.times ?? 1;
        return [`${describe(answer, at)} was asked for ${String(given[at])} times, not ${String(wanted)}`];
      }),
  };
}
