/** Sets that grow together: union by name, with the shortcut of every look-up kept. */
export interface Components {
  join(a: number, b: number): void;
  /** Members of each set, in order. */
  sets(): readonly (readonly number[])[];
}

export function createComponents(size: number): Components {
  const parents = Array.from({ length: size }, (_, index) => index);

  function rootOf(member: number): number {
    let root = member;
    while (parents[root] !== root) root = parents[root] ?? root;
    for (let at = member; at !== root; ) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  }

  return {
    join(a, b) {
      const [rootA, rootB] = [rootOf(a), rootOf(b)];
      parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    },
    sets() {
      const sets = new Map<number, number[]>();
      for (let member = 0; member < size; member += 1) {
        const root = rootOf(member);
        const set = sets.get(root);
        if (set === undefined) sets.set(root, [member]);
        else set.push(member);
      }
      return [...sets.values()];
    },
  };
}
