setInterval(() => postMessage(null), 1000);

export {};
