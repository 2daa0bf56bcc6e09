package etal.fleet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORObject;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void a_figure_is_one_json_object_with_all_fields() {
        CBORObject read = CBORObject.FromJSONString(
                Figure.millis("tap.share.p99", 12_345_678, 4_000_000L, 15).json());
        assertEquals("tap.share.p99", read.get("name").AsString());
        assertEquals("12.34", read.get("value").ToJSONString());
        assertEquals("ms", read.get("unit").AsString());
        assertEquals("4.00", read.get("baseline").ToJSONString());
        assertEquals("3.08", read.get("ratio").ToJSONString());
        assertEquals(15, read.get("goal").AsInt32Value());
        assertTrue(read.get("ok").AsBoolean());
        assertEquals(7, read.size());
    }

    @Test
    void what_is_not_there_is_null() {
        CBORObject read = CBORObject.FromJSONString(
                Figure.millis("tap.known.x.115200", 1, null, null).json());
        assertTrue(read.get("baseline").isNull());
        assertTrue(read.get("ratio").isNull());
        assertTrue(read.get("goal").isNull());
        assertTrue(read.get("ok").AsBoolean());
    }

    @Test
    void a_goal_is_met_up_to_itself() {
        assertTrue(Figure.millis("x", 15_000_000, null, 15).ok());
        assertFalse(Figure.millis("x", 15_010_000, null, 15).ok());
    }

    @Test
    void a_percentile_is_a_time_that_was_measured() {
        Durations durations = new Durations();
        for (int i = 200; i >= 1; i--) {
            durations.add(i);
        }
        assertEquals(100, durations.percentile(50));
        assertEquals(198, durations.percentile(99));
        assertEquals(200, durations.percentile(100));
    }
}
