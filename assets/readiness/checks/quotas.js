const { orAbsent } = require('../absent');

exports.compares = true;

exports.read = async (aws, { quotas }) => Promise.all(quotas.map((quota) => appliedValue(aws, quota)));

/** What was applied to the account, or what every account has: https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html */
async function appliedValue(aws, { service, code }) {
  const asked = { ServiceCode: service, QuotaCode: code };
  const answer =
    (await orAbsent(aws('service-quotas', 'GetServiceQuota', asked))) ??
    (await aws('service-quotas', 'GetAWSDefaultServiceQuota', asked));
  return answer.Quota.Value;
}

exports.judge = ({ quotas }, here, there) =>
  quotas.flatMap(({ name, needed }, i) => {
    if (needed !== undefined && here[i] < needed) {
      return [`the quota for ${name} is ${here[i]}, and the peak of this system alone needs ${needed}`];
    }
    return there !== undefined && here[i] < there[i]
      ? [`the quota for ${name} is ${here[i]}, and ${there[i]} in the other Region`]
      : [];
  });
