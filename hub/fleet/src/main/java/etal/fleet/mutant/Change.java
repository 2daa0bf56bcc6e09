package etal.fleet.mutant;

/**
 * How one method is changed. Calls are named {@code method} or {@code Class.method}, with {@code #2} behind for the second of
 * them in the method; the place must be the only one that fits, in the method or in its lambdas. Immutable.
 */
sealed interface Change {
    /** The call is not made; its answer is that value. */
    record Answer(String call, Value value) implements Change {}

    /** The call is not made; what it would have answered is zero, false or nothing. */
    record Without(String call) implements Change {}

    /** The call's answer is so much more. */
    record AnswerPlus(String call, long more) implements Change {}

    /** The call's answer, a list, is the other way round. */
    record Reversed(String call) implements Change {}

    /**
     * Behind the call its answer is given to another one at once, too early.
     *
     * @param next a call that the class makes elsewhere, of itself or of one of its fields
     */
    record Then(String call, String next) implements Change {}

    /** The call has another argument, counted from 0. */
    record Argument(String call, int index, Value value) implements Change {}

    /** Two arguments of one type change places. */
    record Swapped(String call, int first, int second) implements Change {}

    /**
     * A branch is another one.
     *
     * @param was the instruction that jumps, such as {@code IFGE}; for the second of them in the method {@code IFGE#2}
     * @param becomes another one, or {@code ALWAYS} or {@code NEVER}
     */
    record Branch(String was, String becomes) implements Change {}

    /** A number in the code is another one; for the second 1 in the method {@code was} is {@code 1#2}. */
    record Constant(String was, long becomes) implements Change {}

    /** A text in the code, mostly a condition in SQL, has another part in it. */
    record Text(String was, String becomes) implements Change {}

    /** A static field is another one of the same class. */
    record Other(String field, String becomes) implements Change {}

    /** A field is read as that value. */
    record Read(String field, Value value) implements Change {}

    /** A field keeps what it held. */
    record NotWritten(String field) implements Change {}

    /** The method does nothing but answer that value. */
    record Returns(Value value) implements Change {}

    /** Two changes that are one fault. */
    record Both(Change first, Change second) implements Change {}

    /** Nothing is changed: the control, which nothing may catch. */
    record Same() implements Change {}

    /** What a mutant puts in the place of a value. Immutable. */
    sealed interface Value {
        /** A number, or 0 and 1 for false and true; as wide as its place. */
        record Number(long number) implements Value {}

        /** No reference. */
        record Nothing() implements Value {}

        /** An optional or a list with nothing in it, by the type of its place. */
        record Empty() implements Value {}

        /** What the call was made on: of a call that changes something and answers the changed one. */
        record Receiver() implements Value {}

        /** One of the call's arguments, from 0. */
        record Argument(int index) implements Value {}

        Value FALSE = new Number(0);
        Value TRUE = new Number(1);
        Value NOTHING = new Nothing();
        Value EMPTY = new Empty();
    }
}
