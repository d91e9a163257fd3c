// Calls the functions of worker.js.

const worker = new Worker('worker.js', { type: 'module' });
const waiting = new Map();
let count = 0;

worker.onmessage = ({ data: { id, value, error } }) => {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  error === undefined ? resolve(value) : reject(new Error(error));
};

/** Calls a function of the worker. */
export function call(name, ...values) {
  count += 1;
  const id = count;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, name, values });
  });
}
