// The bytes of a file or a part of it, slice by slice, the next one always under way.

/** As large as the slices of the page's engine. */
export const SLICE_BYTES = 4 << 20;

export async function* slices(file) {
  const read = (at) => file.slice(at, at + SLICE_BYTES).arrayBuffer();
  let next = read(0);
  for (let at = 0; at < file.size; at += SLICE_BYTES) {
    const bytes = new Uint8Array(await next);
    next = read(at + SLICE_BYTES);
    yield bytes;
  }
}
