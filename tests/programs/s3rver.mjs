// A real S3 in a folder (20 Minutes' s3rver): node s3rver.mjs PORT FOLDER BUCKET
// The original of that name takes any signature of AWS V4; this one computes it again.
import S3rver from '@20minutes/s3rver';

const [port, directory, bucket] = process.argv.slice(2);

const server = new S3rver({
  address: '127.0.0.1',
  port: Number(port),
  directory,
  silent: true,
  configureBuckets: [{ name: bucket }],
});

await server.run();
console.log(`listening at http://127.0.0.1:${port}`);
