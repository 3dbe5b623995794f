const { orAbsent } = require('../absent');

const DAY = 24 * 3600 * 1000;

exports.compares = false; // each Region has certificates of its own

exports.read = async (aws, { arns }) =>
  Promise.all(
    arns.map(async (CertificateArn) => {
      const answer = await orAbsent(aws('acm', 'DescribeCertificate', { CertificateArn }));
      const { DomainName, Status, NotAfter } = answer?.Certificate ?? { Status: 'missing' };
      return { name: DomainName ?? CertificateArn, status: Status, expires: NotAfter && new Date(NotAfter).getTime() };
    }),
  );

exports.judge = ({ leastDays }, here, _there, { now }) =>
  here.flatMap(({ name, status, expires }) => {
    if (status !== 'ISSUED') {
      return [`the certificate for ${name} is ${status}`];
    }
    const days = Math.floor((expires - now) / DAY);
    return days >= leastDays ? [] : [`the certificate for ${name} expires in ${days} days, and was not renewed`];
  });
