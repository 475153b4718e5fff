import type { MachineOperation, Operation } from '../ir/index.js';
import type { FreshNames, LayerDeclaration, LayerInstance } from '../layer/index.js';
import { instantiateLayer } from '../layer/index.js';

/**
 * The operations of machine layers that have no state and no parameters, such as random numbers: code may call them beside the machine that it
 * runs over. Those that are called are operations of the system; a crash has nothing to do with them.
 */
export class StatelessLayers {
  private readonly instances = new Map<LayerDeclaration, LayerInstance | null>();
  private readonly called = new Map<Operation, MachineOperation>();

  /** `taken`: the names of other operations of the system. */
  constructor(
    private readonly names: FreshNames,
    private readonly taken: ReadonlySet<string>,
  ) {}

  /** The operations that code calls. */
  get operations(): readonly MachineOperation[] {
    return [...this.called.values()];
  }

  /** The operation of a layer; undefined: the layer has none with that name, or has state. */
  operation(layer: LayerDeclaration | null, name: string): MachineOperation | undefined {
    const found = layer === null ? null : this.instance(layer);
    const operation = found?.operations.find((each) => each.name === name);
    if (operation === undefined) return undefined;
    const known = this.called.get(operation);
    if (known !== undefined) return known;
    const path = layer?.goPackage ?? '';
    const fullName = this.nameOf(`${path.split('/').at(-1) ?? ''}.${name}`, `${path}.${name}`);
    const own: MachineOperation = { ...operation, name: fullName, role: { kind: 'layer' } };
    this.called.set(operation, own);
    return own;
  }

  /** The short name, or the long one if another operation of the system has that already. */
  private nameOf(short: string, long: string): string {
    const isTaken = this.taken.has(short) || this.operations.some((each) => each.name === short);
    return isTaken ? long : short;
  }

  private instance(layer: LayerDeclaration): LayerInstance | null {
    const known = this.instances.get(layer);
    if (known !== undefined) return known;
    const { names } = this;
    const made =
      layer.parameters.length > 0
        ? null
        : instantiateLayer(layer, {
            arguments: [],
            side: 'machine',
            origin: 'layer',
            statePrefix: '',
            operationPrefix: '',
            names,
            index: [],
          });
    const instance = made?.ok === true && made.value.state.length === 0 ? made.value : null;
    this.instances.set(layer, instance);
    return instance;
  }
}
