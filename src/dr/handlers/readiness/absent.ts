/** What the answer says, or null where the answer is that there is no such thing. Anything else is no answer. */
export async function orAbsent<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuch/.test(error.name)) {
      return null;
    }
    throw error;
  }
}
