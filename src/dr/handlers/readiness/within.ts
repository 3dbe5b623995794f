/** What a piece of work comes to, unless it takes longer: then it is aborted, and whether it listens or not, nobody waits for it. */
export async function within<Result>(millis: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(Object.assign(new Error(`no answer within ${millis} ms`), { name: 'NoAnswerInTime' }));
    }, millis);
  });
  try {
    return await Promise.race([work(controller.signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
