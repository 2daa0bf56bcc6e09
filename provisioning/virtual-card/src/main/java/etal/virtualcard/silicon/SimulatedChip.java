package etal.virtualcard.silicon;

import com.licel.jcardsim.base.SimulatorRuntime;
import etal.virtualcard.loader.Chip;
import etal.virtualcard.loader.Tally;
import java.lang.reflect.Method;
import java.util.List;
import javacard.framework.AID;
import javacard.framework.Applet;
import org.jspecify.annotations.Nullable;

/** One chip: one simulator runtime, one memory, one stream of randomness. */
public final class SimulatedChip implements Chip {
    private static final ThreadLocal<SimulatedChip> CURRENT = new ThreadLocal<>();

    private final SimulatorRuntime runtime = new SimulatorRuntime();
    private final Memory memory = new Memory();
    private final Counts counts = new Counts();
    private final Stream random;
    private final Applet applet;
    private @Nullable RuntimeException fault;

    /** Installs the applet under its AID. Everything that is random on this card follows from the seed and its history. */
    public SimulatedChip(Class<? extends Applet> applet, byte[] aid, byte[] seed) {
        random = new Stream(seed);
        AID name = new AID(aid, (short) 0, (byte) aid.length);
        CURRENT.set(this);
        try {
            runtime.loadApplet(name, applet);
            runtime.installApplet(name, new byte[0], (short) 0, (byte) 0);
            this.applet = installed(runtime, name);
        } finally {
            CURRENT.remove();
        }
    }

    /** The simulator hands its applet out to its own classes only. */
    private static Applet installed(SimulatorRuntime runtime, AID name) {
        try {
            Method getter = SimulatorRuntime.class.getDeclaredMethod("getApplet", AID.class);
            getter.setAccessible(true);
            return (Applet) getter.invoke(runtime, name);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("the simulator is another version", other);
        }
    }

    /** The chip that is executing in this thread. */
    static SimulatedChip current() {
        SimulatedChip chip = CURRENT.get();
        if (chip == null) {
            throw new IllegalStateException("no card is executing in this thread");
        }
        return chip;
    }

    Memory memory() {
        return memory;
    }

    Counts counts() {
        return counts;
    }

    Stream random() {
        return random;
    }

    /** Keeps a fault of applet or harness, which the simulator would swallow into a status word, and throws it. */
    RuntimeException fault(RuntimeException found) {
        if (fault == null) {
            fault = found;
        }
        return found;
    }

    @Override
    public byte @Nullable [] transmit(byte[] apdu) {
        random.stir(apdu);
        memory.commandBegins();
        counts.commandBegins();
        CURRENT.set(this);
        try {
            byte[] answer = runtime.transmitCommand(apdu);
            if (fault != null) {
                throw fault;
            }
            if (memory.cut()) {
                return null;
            }
            if (memory.inTransaction()) {
                // The runtime environment takes back what an applet leaves open (JCRE 3.0.5, 7.6).
                memory.rollBack();
                runtime.abortTransaction();
            }
            return answer;
        } finally {
            memory.cutAtWrite(0);
            CURRENT.remove();
        }
    }

    @Override
    public void powerOff() {
        memory.rollBack();
        runtime.reset();
    }

    @Override
    public void cutAtWrite(int n) {
        memory.cutAtWrite(n);
    }

    @Override
    public List<byte[]> memoryCopy() {
        return memory.copy();
    }

    @Override
    public void restoreMemory(List<byte[]> copy) {
        memory.restore(copy);
    }

    @Override
    public int writes() {
        return memory.writes();
    }

    @Override
    public int allocations() {
        return memory.allocations();
    }

    @Override
    public Tally tally() {
        return counts.tally();
    }

    @Override
    public Object keep() {
        return new Heap(applet).copy();
    }

    @Override
    public void putBack(Object kept, byte[] seed) {
        Heap.putBack(kept);
        random.restart(seed);
    }

    @Override
    public byte[] fingerprint() {
        return new Heap(applet).fingerprint(memory);
    }
}
