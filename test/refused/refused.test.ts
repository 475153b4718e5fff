import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSolver } from '../../src/encoding/index.js';
import { loadSystem } from '../../src/lower/index.js';
import { prove } from '../../src/vcgen/index.js';

/** Programs that an earlier version wrongly accepted, or that would be accepted if a rule were weaker; what must not be proved of each. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  block_reread_after_release: ['Get: result'],
  channel_closed_while_others_send: ['Put: machine', 'Stop: machine', 'Take: result'],
  channel_received_without_sending: ['Avg: invariant'],
  channel_value_of_goroutine: ['Put: invariant'],
  channel_with_room_for_two: ['Add: claim', 'Avg: claim'],
  channel_zero_when_closed: ['Take: result'],
  condition_waits_with_broken_invariant: ['Take: lock-invariant'],
  condition_waits_with_old_value: ['Take: result'],
  contract_appends_behind_the_end: ['Get: result'],
  contract_changes_ranged_over_elements: ['Get: result'],
  contract_forgets_other_slice: ['Get: contradiction', 'set: ensures'],
  contract_lexicographic_second_only: ['back: termination'],
  contract_measure_goes_up: ['up: termination'],
  contract_of_mutated_memory: ['touched: ensures'],
  contract_of_nothing_known: ['Get: result'],
  contract_old_of_what_is_new: ['bump: ensures'],
  contract_panics: ['first: bounds'],
  contract_recursion_never_smaller: ['ping: termination', 'pong: termination'],
  contract_requires_not_met: ['Get: requires', 'large: contradiction'],
  contract_result_shares_parameter: ['Get: result'],
  contract_that_contradicts_itself: ['Get: requires', 'never: contradiction'],
  contract_writes_behind_the_end: ['behind: ensures'],
  contract_writes_through_list: ['Get: result', 'reset: ensures'],
  contract_wrong: ['Get: result', 'seven: ensures'],
  crash_restores_sometimes: ['recovery: recovery'],
  crash_restores_volatile: ['recovery: recovery'],
  either_of_three_hundred: ['Get: result'],
  enum_of_257_cases: ['Flip: invariant'],
  guarantee_across_released_lock: ['Check: result'],
  imported_function_reassigned: ['Get: result'],
  goroutine_assumes_call: ['Inc: assertion'],
  goroutine_begins_later: ['Inc: assertion'],
  goroutine_breaks_guarantee: ['Tick: guarantee'],
  goroutine_breaks_invariant: ['Tick: invariant'],
  goroutine_breaks_lock_invariant: ['Inc: lock-invariant'],
  goroutine_divides_by_zero: ['Inc: division'],
  goroutine_done_of_group: ['Inc: machine'],
  goroutine_keeps_lock: ['Inc: lock-leak'],
  goroutine_knows_last_round: ['Inc: assertion'],
  goroutine_never_ends: ['Inc: termination'],
  goroutine_reads_unlocked: ['Inc: race'],
  goroutine_releases_lock_of_spawner: ['Inc: unlock'],
  goroutine_relies_on_old_value: ['Inc: assertion'],
  goroutine_takes_effect: ['Inc: lock-invariant'],
  goroutine_uses_lock_of_spawner: ['Inc: race'],
  goroutine_uses_token_of_spawner: ['Write: race'],
  goroutine_waits_for_itself: ['Inc: deadlock'],
  group_below_zero: ['End: machine'],
  group_beyond_31_bits: ['Fork: machine'],
  group_not_awaited: ['Await: effect'],
  group_reused: ['Fork: machine'],
  guard_where_all_keys: ['Clear: spec-lease'],
  guard_where_cell_of_another: ['Set: race'],
  guard_where_key_of_another: ['Both: result'],
  guard_where_other_key: ['Double: spec-lease', 'Set: spec-lease'],
  guard_where_overlap: ['package: guard-overlap'],
  guard_where_too_narrow: ['Get: lock-invariant'],
  hindsight_before_the_call: ['Both: result'],
  hindsight_changes_state: ['Second: invariant'],
  hindsight_counter_goes_back: ['Both: result'],
  hindsight_earlier_round: ['Both: result'],
  hindsight_without_second_look: ['Both: result'],
  integer_spelling: [
    'Above: result',
    'AboveByte: result',
    'Below: result',
    'BelowByte: result',
    'Doubles: result',
    'Fits: result',
    'Halves: result',
    'Keeps: result',
    'Leaves: result',
    'Negative: result',
    'Ordered: result',
    'UpperHalf: result',
    'Widens: result',
    'Zero: result',
  ],
  lock_of_changed_index: ['Inc: unlock'],
  lock_released_in_loop: ['Inc: lock-invariant'],
  many_ways: [
    'Divides: division',
    'First: result',
    'Last: result',
    'Leaves: effect',
    'Middle: result',
    'Rotated: result',
  ],
  map_in_two_shards: ['package: guard-overlap'],
  memory_appended_by_reader: ['Get: race'],
  memory_kept_in_memory: ['A: race'],
  memory_of_caller_kept: ['Set: race'],
  memory_of_constant_variable: ['Get: race', 'Set: race'],
  memory_read_after_unlock: ['Get: race'],
  memory_replaced_between_locks: ['Get: result'],
  memory_written_after_publishing: ['Set: race'],
  memory_written_by_closure_after_unlock: ['Set: race'],
  never_callable: ['Get: contradiction', 'Set: contradiction'],
  parameter_behind_its_end: ['Behind: result'],
  parameter_is_nil: ['Empty: result', 'Missing: result'],
  once_inside_itself: ['Limit: deadlock'],
  once_not_done: ['Limit: race'],
  once_nothing_done: ['Limit: lock-invariant'],
  once_other_once: ['Limit: race'],
  once_read_by_another: ['Look: race'],
  once_written_afterwards: ['Limit: race'],
  read_after_read_unlock: ['Read: result'],
  read_lock_left_held: ['Read: lock-leak'],
  read_lock_twice: ['Read: deadlock'],
  read_lock_upgraded: ['Write: deadlock'],
  read_unlock_of_others: ['Read: unlock'],
  reader_breaks_guarantee: ['Tick: guarantee'],
  reader_changes_specification: ['Call: spec-lease'],
  reader_writes: ['Write: race'],
  recovery_waits_for_itself: ['Put: deadlock', 'recovery: deadlock'],
  require_false: ['Never: contradiction'],
  spawner_relies_on_goroutine: ['Inc: lock-invariant'],
  token_claimed_always: ['Read: claim', 'Write: claim'],
  token_claimed_while_held: ['Read: claim', 'Write: claim'],
  token_claimed_without_step: ['Read: claim'],
  token_given_and_claimed_at_once: ['Write: claim'],
  token_given_by_another: ['Read: unlock'],
  token_given_in_loop: ['Read: effect', 'Read: result'],
  token_invariant_unchecked_by_others: ['Read: invariant'],
  token_kept_at_return: ['Read: lock-leak', 'Write: lock-leak'],
  token_read_after_give: ['Read: result'],
  token_unlocked_access: ['Read: race'],
  two_locks_of_one_family: ['Swap: deadlock'],
  undefined_division: ['Div: contradiction'],
  write_lock_released_as_read_lock: ['Write: unlock'],
};

const solver = createSolver({ jobs: 2, rlimit: 20_000_000, timeoutSeconds: 20, seed: 0 });
afterAll(() => solver.close());

describe('programs that must not be proved', () => {
  const folder = import.meta.dirname;
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it('are all listed', () => {
    expect(names.map((entry) => entry.name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    const system = await loadSystem(join(folder, name));
    if (!system.ok) expect.fail(system.diagnostics.map((each) => each.message).join('\n'));
    const { obligations } = await prove(system.value, solver);
    const open = obligations.filter((obligation) => obligation.status !== 'proved');
    const found = open.map(({ operation, code }) => `${operation ?? 'package'}: ${code}`);
    expect([...new Set(found)].sort()).toEqual(expected);
  });
});
