const held: Buffer[] = []
setInterval(() => held.push(Buffer.alloc(256 * 1024 * 1024, 1)), 1)
