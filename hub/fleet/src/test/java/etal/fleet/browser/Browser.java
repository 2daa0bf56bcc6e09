package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/**
 * A visitor's browser: Debian's Chromium without a window, with a profile of its own that is gone afterwards. It is touched
 * and waited with, never slept with. What the console calls an error, what the content policy refuses and what is asked of
 * another machine fails the test at its end. Not safe for use by several threads.
 */
final class Browser implements AutoCloseable {
    /** A telephone, a tablet, a screen: the widths at which every page must work. */
    static final List<Integer> WIDTHS = List.of(390, 800, 1440);

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Two loaded cores start a till in half a minute; what is right comes at once all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Pattern URL = Pattern.compile("\"url\":\"([a-z-]+:[^\"]*)\"");

    private final Path profile;
    private final ChromeDriver driver;
    private final List<Pattern> expected = new ArrayList<>();
    private int touches;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** A browser of that width in pixels, on an empty page. */
    static Browser open(int width) throws IOException {
        Path profile = Files.createTempDirectory("etal-browser-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        if (Files.getOwner(profile).getName().equals("root")) {
            options.addArguments("--no-sandbox");
        }
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL"));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(profile, new ChromeDriver(service, options));
        browser.width(width);
        return browser;
    }

    /** Makes the page that wide from now on, whatever room a window would take. */
    void width(int pixels) {
        screen(pixels, height(pixels));
    }

    private static int height(int width) {
        return width < 500 ? 844 : 900;
    }

    /** Makes the page as large as a device's screen. */
    void screen(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Opens an address. */
    void open(URI address) {
        driver.get(address.toString());
    }

    /** Loads the page anew. */
    void reload() {
        driver.navigate().refresh();
    }

    /** Goes back to the page before. */
    void back() {
        driver.navigate().back();
    }

    /** Opens an empty page: the visitor has gone. */
    void leave() {
        driver.get("about:blank");
    }

    /** Looks at the page itself again, after a frame. */
    void page() {
        driver.switchTo().defaultContent();
    }

    /** Looks into a frame of the page, once it is there and has loaded. */
    void frame(By frame) {
        await("the frame " + frame, () -> {
            page();
            driver.switchTo().frame(driver.findElement(frame));
            return !driver.findElements(By.tagName("main")).isEmpty();
        });
    }

    /** Touches what is there or comes soon, with the mouse or a finger. */
    void touch(By what) {
        await("something to touch: " + what, () -> {
            driver.findElement(what).click();
            return true;
        });
        touches++;
    }

    /** How often something was touched. */
    int touches() {
        return touches;
    }

    /** Presses keys, whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Whether the keys go to such an element. */
    boolean hasFocus(By what) {
        WebElement focused = driver.switchTo().activeElement();
        return driver.findElements(what).contains(focused);
    }

    /** Whether such an element is there and seen. */
    boolean shows(By what) {
        return driver.findElements(what).stream().anyMatch(WebElement::isDisplayed);
    }

    /** The text of what is there or comes soon, with its no-break spaces made plain. */
    String text(By what) {
        var text = new StringBuilder();
        await("the text of " + what, () -> {
            text.setLength(0);
            text.append(driver.findElement(what).getText());
            return true;
        });
        return plain(text.toString());
    }

    /** An attribute of what is there or comes soon; empty if it has none. */
    String attribute(By what, String name) {
        var value = new StringBuilder();
        await("the attribute " + name + " of " + what, () -> {
            value.setLength(0);
            String found = driver.findElement(what).getDomAttribute(name);
            value.append(found == null ? "" : found);
            return true;
        });
        return value.toString();
    }

    /** The attribute of an element that is there now; empty if it has none. */
    String attributeNow(By what, String name) {
        String found = driver.findElement(what).getDomAttribute(name);
        return found == null ? "" : found;
    }

    /** The attribute of all such elements, once there is one. */
    List<String> attributes(By what, String name) {
        List<String> all = new ArrayList<>();
        await("any " + what, () -> {
            all.clear();
            driver.findElements(what).forEach(one -> all.add(String.valueOf(one.getDomAttribute(name))));
            return !all.isEmpty();
        });
        return all;
    }

    /** The texts of all such elements as they are now. */
    List<String> texts(By what) {
        return driver.findElements(what).stream()
                .map(one -> plain(one.getText()))
                .toList();
    }

    /** How many such elements there are now. */
    int count(By what) {
        return driver.findElements(what).size();
    }

    /** Waits until such an element is seen. */
    void awaitShown(By what) {
        await(what + " on the page", () -> shows(what));
    }

    /** Waits until an element says something with these words. */
    void awaitText(By what, String words) {
        awaitAnyText(what, List.of(words));
    }

    /** Waits until an element says something with any of these words. */
    void awaitAnyText(By what, List<String> words) {
        await("any of " + words + " in " + what, () -> {
            String said = plain(driver.findElement(what).getText());
            return words.stream().anyMatch(said::contains);
        });
    }

    /** Waits until that is so; what is being renewed meanwhile is looked at anew. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<WebDriverException> trouble = Optional.empty();
        while (System.nanoTime() < end) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (WebDriverException renewed) {
                trouble = Optional.of(renewed);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new AssertionError(
                "waited in vain for " + what + " at " + driver.getCurrentUrl() + ": " + here(), trouble.orElse(null));
    }

    private String here() {
        try {
            return plain(driver.findElement(By.tagName("body")).getText());
        } catch (StaleElementReferenceException renewed) {
            return "a page being renewed";
        }
    }

    private static String plain(String text) {
        return text.replace('\u00A0', ' ').replace('\u202F', ' ');
    }

    /** All of the page, as a picture in target/screenshots; the widths are said in its name. */
    void screenshot(String name, int width) throws IOException {
        page();
        width(width);
        Object wholePage = driver.executeScript("return Math.ceil(document.documentElement.scrollHeight)");
        long height = String.valueOf(wholePage).transform(Long::valueOf);
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        keep(name + "-" + width, Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    }

    /** What is to be seen of the page without pushing it, as a picture in target/screenshots. */
    void view(String name) throws IOException {
        keep(name, Map.of("format", "png"));
    }

    private void keep(String name, Map<String, Object> how) throws IOException {
        Object picture = driver.executeCdpCommand("Page.captureScreenshot", how).get("data");
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(picture)));
    }

    /** Types into a field, behind what stands there. */
    void type(By field, String text) {
        driver.findElement(field).sendKeys(text);
    }

    /** What stands in a field. */
    String value(By field) {
        return Objects.requireNonNullElse(driver.findElement(field).getDomProperty("value"), "");
    }

    /** The address of the page or frame looked at. */
    URI address() {
        return URI.create(String.valueOf(driver.executeScript("return location.href")));
    }

    /** Whether that is a picture that has arrived and has something on it. */
    boolean isPicture(By image) {
        return Boolean.TRUE.equals(driver.executeScript(
                "return arguments[0].complete && arguments[0].naturalWidth > 0", driver.findElement(image)));
    }

    /** What sticks out if the page is wider than the window, for then people have to push it sideways; empty if it is not. */
    List<String> overflow() {
        Object found = driver.executeScript("""
                const root = document.documentElement;
                if (root.scrollWidth <= root.clientWidth) return [];
                const clipped = (one) => one !== root && (getComputedStyle(one).overflowX !== 'visible' || clipped(one.parentElement));
                const out = [...document.querySelectorAll('body *')]
                  .filter((one) => one.getBoundingClientRect().left + one.scrollWidth > root.clientWidth)
                  .filter((one) => !clipped(one.parentElement));
                return [root.scrollWidth + ' pixels'].concat(out.map((one) => one.outerHTML.slice(0, 100)));
                """);
        return found instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    /** Runs a script in the frame looked at, with its answer handed to its last argument. */
    Object ask(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return java.util.Objects.requireNonNull(driver.executeAsyncScript(script, arguments));
    }

    /** Runs a script in the frame looked at. */
    void run(String script) {
        driver.executeScript(script);
    }

    /** How many frames the frame looked at has, and looking into one of them. */
    int frames() {
        return driver.findElements(By.tagName("iframe")).size();
    }

    /** Looks into the frame of that number. */
    void frame(int number) {
        driver.switchTo().frame(number);
    }

    /** Errors of the console that are meant, such as a till without power that does not answer. */
    void expect(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /** What was wrong so far: errors of the console, refusals of the content policy, requests to other machines. */
    List<String> complaints() {
        List<String> found = new ArrayList<>();
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> expected.stream()
                        .noneMatch(known -> known.matcher(message).find()))
                .forEach(found::add);
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .flatMap(message -> URL.matcher(message).results().map(url -> url.group(1)))
                .filter(Browser::foreign)
                .map(url -> "a request to another machine: " + url)
                .distinct()
                .forEach(found::add);
        return found;
    }

    private static boolean foreign(String url) {
        return url.startsWith("http") && !url.startsWith("http://127.0.0.1:") || url.startsWith("ws");
    }

    /** Ends it and insists that nothing was wrong. */
    @Override
    public void close() throws IOException {
        List<String> complaints;
        try {
            complaints = complaints();
        } finally {
            driver.quit();
            remove(profile);
        }
        assertEquals(List.of(), complaints);
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
