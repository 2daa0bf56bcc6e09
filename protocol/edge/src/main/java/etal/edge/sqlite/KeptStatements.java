package etal.edge.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that keeps statements which it has prepared once, because SQLite takes longer to read a statement than to
 * run it. Closing such a statement takes back its rows and its parameters and lays it aside; whoever prepares the same words
 * again gets it. One that failed is not kept. Bounded; one thread at a time, as the connection itself.
 */
final class KeptStatements {
    /** More than a program of ours has. */
    private static final int MOST = 256;

    private final Connection inner;
    private final Connection outer;
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

    KeptStatements(Connection inner) {
        this.inner = inner;
        this.outer = proxy(Connection.class, this::connection);
    }

    /** What is handed out in place of the connection. */
    Connection connection() {
        return outer;
    }

    /** Prepares anew from now on: what was kept may name tables that look otherwise now. */
    void forget() throws SQLException {
        for (PreparedStatement statement : idle.values()) {
            statement.close();
        }
        idle.clear();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(KeptStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object pass(Object to, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(to, arguments);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getTargetException();
        }
    }

    private @Nullable Object connection(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null
                && arguments.length == 1
                && method.getName().equals("prepareStatement")
                && arguments[0] instanceof String sql) {
            return prepared(sql);
        }
        return pass(inner, method, arguments);
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = idle.remove(sql);
        PreparedStatement statement = known == null ? inner.prepareStatement(sql) : known;
        return proxy(PreparedStatement.class, new Lent(sql, statement));
    }

    private void layAside(String sql, PreparedStatement statement) throws SQLException {
        PreparedStatement twin = idle.put(sql, statement);
        if (twin != null) {
            twin.close();
        }
        if (idle.size() > MOST) {
            String eldest = idle.keySet().iterator().next();
            PreparedStatement unused = idle.remove(eldest);
            if (unused != null) {
                unused.close();
            }
        }
    }

    /** A statement while somebody uses it. */
    private final class Lent implements InvocationHandler {
        private final String sql;
        private final PreparedStatement statement;
        private @Nullable ResultSet rows;
        private boolean failed;
        private boolean closed;

        Lent(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            switch (method.getName()) {
                case "close" -> {
                    close();
                    return null;
                }
                case "isClosed" -> {
                    return closed;
                }
                default -> {
                    return used(method, arguments);
                }
            }
        }

        private @Nullable Object used(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (closed) {
                throw new SQLException("the statement is closed");
            }
            try {
                Object answer = pass(statement, method, arguments);
                if (answer instanceof ResultSet found) {
                    rows = found;
                }
                return answer;
            } catch (SQLException e) {
                failed = true;
                throw e;
            }
        }

        private void close() throws SQLException {
            if (closed) {
                return;
            }
            closed = true;
            ResultSet open = rows;
            if (open != null) {
                open.close();
            }
            if (failed) {
                statement.close();
            } else {
                statement.clearBatch();
                statement.clearParameters();
                layAside(sql, statement);
            }
        }
    }
}
