package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.reading.Fault;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Schemes and product lists as hub.yaml names them: {@code scheme:} is a file or a list of files, {@code catalogue:} a file
 * or a list of {@code { file, holdsFrom }}. Stateless.
 */
final class RulesFiles {
    private RulesFiles() {}

    /** Reads all of them. @throws ConfigFault with the lines to show */
    static PublishedRules read(YamlConfig config, long fund) throws ConfigFault {
        List<SchemeVersion> schemes = new ArrayList<>();
        for (YamlConfig.Item item : config.oneOrMore("scheme")) {
            SchemeVersion version = scheme(config, item);
            if (version.scheme().fund() != fund) {
                throw config.fault(item, "the rules of fund " + version.scheme().fund(), "those of fund " + fund);
            }
            if (!schemes.isEmpty()) {
                follows(version, schemes.getLast());
            }
            schemes.add(version);
        }
        return new PublishedRules(schemes, lists(config));
    }

    private static SchemeVersion scheme(YamlConfig config, YamlConfig.Item item) throws ConfigFault {
        Path path = config.path(item);
        String yaml;
        try {
            yaml = Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw config.fault(item, path + " cannot be read", "a file that can");
        }
        return switch (SchemeFile.read(yaml, path.toString())) {
            case SchemeReading.Read read -> new SchemeVersion(read.scheme(), yaml, path.toString());
            case SchemeReading.Faulty faulty -> throw new ConfigFault(lines(faulty.faults()));
        };
    }

    private static void follows(SchemeVersion next, SchemeVersion before) throws ConfigFault {
        Scheme scheme = next.scheme();
        Scheme earlier = before.scheme();
        String as = " as in " + before.file();
        if (!scheme.id().equals(earlier.id())) {
            throw new ConfigFault(next.complaint("id", scheme.id(), earlier.id() + as));
        }
        if (scheme.version() <= earlier.version()) {
            throw new ConfigFault(next.complaint(
                    "version", Long.toString(scheme.version()), "more than the " + earlier.version() + as));
        }
        if (scheme.holdsFrom().isBefore(earlier.holdsFrom())) {
            throw new ConfigFault(next.complaint(
                    "holdsFrom", scheme.holdsFrom().toString(), "no day before the " + earlier.holdsFrom() + as));
        }
        if (!scheme.zone().equals(earlier.zone())) {
            throw new ConfigFault(next.complaint("zone", scheme.zone().getId(), earlier.zone() + as));
        }
        if (!scheme.parity().equals(earlier.parity())) {
            throw new ConfigFault(next.complaint("parity", "another", "the one" + as));
        }
        if (!scheme.unit().equals(earlier.unit())) {
            throw new ConfigFault(
                    next.complaint("unit", scheme.unit().code(), earlier.unit().code() + as));
        }
    }

    private static List<ProductList> lists(YamlConfig config) throws ConfigFault {
        if (!config.isList("catalogue")) {
            return List.of(
                    new ProductList(catalogue(config, "catalogue"), Optional.empty(), config.place("catalogue")));
        }
        List<ProductList> lists = new ArrayList<>();
        Optional<LocalDate> before = Optional.empty();
        for (YamlConfig section : config.sections("catalogue")) {
            section.onlyFields("file", "holdsFrom");
            LocalDate day = day(section);
            if (before.isPresent() && !day.isAfter(before.get())) {
                throw section.fault("holdsFrom", day.toString(), "a day after " + before.get());
            }
            before = Optional.of(day);
            lists.add(new ProductList(catalogue(section, "file"), before, section.place("holdsFrom")));
        }
        if (lists.isEmpty()) {
            throw config.fault("catalogue", "an empty list", "a file or a list of { file, holdsFrom }");
        }
        return lists;
    }

    private static LocalDate day(YamlConfig section) throws ConfigFault {
        String day = section.text("holdsFrom");
        try {
            if (day.length() == "2025-05-01".length()) {
                return LocalDate.parse(day);
            }
        } catch (DateTimeException e) {
            throw section.fault("holdsFrom", day, "a day such as 2025-05-01");
        }
        throw section.fault("holdsFrom", day, "a day such as 2025-05-01");
    }

    private static Catalogue catalogue(YamlConfig config, String field) throws ConfigFault {
        Path path = config.path(field);
        String csv;
        try {
            csv = Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw config.fault(field, path + " cannot be read", "a file that can");
        }
        return switch (CatalogueCsv.read(csv, path.toString())) {
            case CatalogueReading.Read read -> read.catalogue();
            case CatalogueReading.Faulty faulty -> throw new ConfigFault(lines(faulty.faults()));
        };
    }

    private static String lines(List<Fault> faults) {
        return faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
    }
}
