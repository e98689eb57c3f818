"""The plane on which the peers measure, written for columns of numbers."""
import numpy as np


def plane(latitude, longitude, middle):
    """Metres east and north of a meridian and a parallel: transverse Mercator of WGS 84."""
    def meridian(phi):
        return (6367449.145823415 * phi - 16038.50874126812 * np.sin(2 * phi)
                + 16.8326133266 * np.sin(4 * phi) - 0.0219844 * np.sin(6 * phi))
    phi = np.radians(latitude)
    t, c = np.tan(phi) ** 2, 0.006739496742 * np.cos(phi) ** 2
    a = np.radians(longitude - middle[1]) * np.cos(phi)
    n = 6378137 / np.sqrt(1 - 0.006694379990141316 * np.sin(phi) ** 2)
    x = n * (a + (1 - t + c) * a ** 3 / 6)
    y = (meridian(phi) - meridian(np.radians(middle[0]))
         + n * np.tan(phi) * (a ** 2 / 2 + (5 - t + 9 * c) * a ** 4 / 24))
    return x, y
