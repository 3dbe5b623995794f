/** What the answer says, or null where the answer is that there is no such thing. Anything else is no answer. */
exports.orAbsent = async (answer) => {
  try {
    return await answer;
  } catch (error) {
    if (/NotFound|NoSuch/.test(error.name)) {
      return null;
    }
    throw error;
  }
};
