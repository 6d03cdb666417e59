package dev.hawser.reactor.amp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists of boxes. */
record BoxListType(List<Argument<?>> arguments) implements AmpType<List<AmpValues>> {

    @Override
    public byte[] encode(List<AmpValues> value) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (AmpValues each : value) {
            AmpBox box = new AmpBox();
            ValueCodec.encode(each, arguments, box, null, "a box of a list");
            all.writeBytes(box.toBytes());
        }
        return all.toByteArray();
    }

    @Override
    public List<AmpValues> decode(byte[] bytes) throws IOException {
        List<AmpValues> values = new ArrayList<>();
        for (AmpBox box : AmpBox.parse(bytes)) {
            values.add(ValueCodec.decode(box, arguments, null, "a box of a list"));
        }
        return List.copyOf(values);
    }
}
